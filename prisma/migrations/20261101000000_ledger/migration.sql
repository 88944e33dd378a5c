
-- CreateEnum
CREATE TYPE "sync_status" AS ENUM ('running', 'finished', 'failed');

-- CreateEnum
CREATE TYPE "sync_stage_status" AS ENUM ('waiting', 'reading', 'loading', 'finished', 'skipped');

-- CreateEnum
CREATE TYPE "customer_kind" AS ENUM ('company', 'customer', 'guest', 'anonymous');

-- CreateEnum
CREATE TYPE "entry_kind" AS ENUM ('gross_sale', 'discount', 'return', 'refund_adjustment', 'cogs', 'cogs_restocked', 'shipping_revenue', 'payment_fee');

-- CreateEnum
CREATE TYPE "event_type" AS ENUM ('order', 'refund', 'transaction');

-- CreateEnum
CREATE TYPE "provenance" AS ENUM ('actual', 'rule', 'unknown');

-- CreateEnum
CREATE TYPE "tier" AS ENUM ('A', 'B', 'C');

-- CreateEnum
CREATE TYPE "inbox_status" AS ENUM ('waiting', 'done', 'failed');

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMP(3),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN,
    "locale" TEXT,
    "collaborator" BOOLEAN,
    "emailVerified" BOOLEAN,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMP(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shop" (
    "id" SERIAL NOT NULL,
    "domain" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "taxes_included" BOOLEAN NOT NULL,
    "plan_name" TEXT NOT NULL,
    "scopes" TEXT[],
    "tier_policy" JSONB,
    "installed_at" TIMESTAMPTZ(3) NOT NULL,
    "uninstalled_at" TIMESTAMPTZ(3),

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "shop_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "status" "sync_status" NOT NULL DEFAULT 'running',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "error_code" TEXT,

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "sync_stage" (
    "shop_id" INTEGER NOT NULL,
    "run_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,
    "status" "sync_stage_status" NOT NULL DEFAULT 'waiting',
    "total" INTEGER,
    "done" INTEGER NOT NULL DEFAULT 0,
    "bulk_operation_id" BIGINT,
    "limits" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "seconds" DOUBLE PRECISION,

    CONSTRAINT "sync_stage_pkey" PRIMARY KEY ("shop_id","run_id","name")
);

-- CreateTable
CREATE TABLE "product_variant" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "product_title" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "sku" TEXT,

    CONSTRAINT "product_variant_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "unit_cost" (
    "shop_id" INTEGER NOT NULL,
    "variant_id" BIGINT NOT NULL,
    "from_day" DATE NOT NULL,
    "amount" BIGINT,
    "provenance" "provenance" NOT NULL,

    CONSTRAINT "unit_cost_pkey" PRIMARY KEY ("shop_id","variant_id","from_day")
);

-- CreateTable
CREATE TABLE "customer" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "customer_kind" NOT NULL,
    "shopify_id" BIGINT,
    "email" TEXT,
    "name" TEXT,
    "first_order_at" TIMESTAMPTZ(3),

    CONSTRAINT "customer_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "company_location" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "company_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "company_location_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "order" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "company_location_id" BIGINT,
    "processed_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "test" BOOLEAN NOT NULL,
    "counted" BOOLEAN NOT NULL,
    "total" BIGINT NOT NULL,
    "presentment_currency" CHAR(3) NOT NULL,
    "presentment_total" BIGINT NOT NULL,
    "partial" BOOLEAN NOT NULL,

    CONSTRAINT "order_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "variant_id" BIGINT,
    "title" TEXT NOT NULL,
    "sku" TEXT,
    "quantity" INTEGER NOT NULL,
    "gift_card" BOOLEAN NOT NULL,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("shop_id","order_id","id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "kind" "entry_kind" NOT NULL,
    "event_type" "event_type" NOT NULL,
    "event_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "day" DATE NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "provenance" "provenance" NOT NULL,
    "rule_version" INTEGER,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("shop_id","order_id","line_id","kind","event_type","event_id")
);

-- CreateTable
CREATE TABLE "order_day" (
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "orders" SMALLINT NOT NULL,
    "net_sales" BIGINT NOT NULL,
    "cm1" BIGINT NOT NULL,
    "cm2" BIGINT NOT NULL,
    "cm3" BIGINT NOT NULL,
    "cm4" BIGINT NOT NULL,
    "goods" BIGINT NOT NULL,
    "goods_with_known_cost" BIGINT NOT NULL,
    "has_unknown_cost" BOOLEAN NOT NULL,
    "refunds" BIGINT NOT NULL,

    CONSTRAINT "order_day_pkey" PRIMARY KEY ("shop_id","order_id","day")
);

-- CreateTable
CREATE TABLE "tier_run" (
    "shop_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "policy" JSONB NOT NULL,
    "summary" JSONB NOT NULL,

    CONSTRAINT "tier_run_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "standing" (
    "shop_id" INTEGER NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "run_id" INTEGER NOT NULL,
    "rank" INTEGER NOT NULL,
    "tier" "tier" NOT NULL,
    "flags" TEXT[],
    "cumulative_before" BIGINT NOT NULL,
    "kept_because" TEXT,
    "orders" INTEGER NOT NULL,
    "net_sales" BIGINT NOT NULL,
    "cm1" BIGINT NOT NULL,
    "cm2" BIGINT NOT NULL,
    "cm3" BIGINT NOT NULL,
    "cm4" BIGINT NOT NULL,
    "goods" BIGINT NOT NULL,
    "goods_with_known_cost" BIGINT NOT NULL,
    "last_order_day" DATE NOT NULL,

    CONSTRAINT "standing_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "tier_move" (
    "shop_id" INTEGER NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "run_id" INTEGER NOT NULL,
    "from" "tier" NOT NULL,
    "to" "tier" NOT NULL,
    "value" BIGINT NOT NULL,

    CONSTRAINT "tier_move_pkey" PRIMARY KEY ("shop_id","customer_id","run_id")
);

-- CreateTable
CREATE TABLE "inbox_event" (
    "shop_id" INTEGER NOT NULL,
    "event_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "triggered_at" TIMESTAMPTZ(3),
    "subject" TEXT,
    "status" "inbox_status" NOT NULL DEFAULT 'waiting',

    CONSTRAINT "inbox_event_pkey" PRIMARY KEY ("shop_id","event_id","topic")
);

-- CreateIndex
CREATE INDEX "session_shop_idx" ON "session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "shop_domain_key" ON "shop"("domain");

-- CreateIndex
CREATE UNIQUE INDEX "customer_shop_id_key_key" ON "customer"("shop_id", "key");

-- CreateIndex
CREATE INDEX "order_shop_id_customer_id_processed_at_idx" ON "order"("shop_id", "customer_id", "processed_at");

-- CreateIndex
CREATE INDEX "order_day_shop_id_customer_id_day_idx" ON "order_day"("shop_id", "customer_id", "day");

-- CreateIndex
CREATE INDEX "standing_shop_id_rank_idx" ON "standing"("shop_id", "rank");

-- AddForeignKey
ALTER TABLE "sync_stage" ADD CONSTRAINT "sync_stage_shop_id_run_id_fkey" FOREIGN KEY ("shop_id", "run_id") REFERENCES "sync_run"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

