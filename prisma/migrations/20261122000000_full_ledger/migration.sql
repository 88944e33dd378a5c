-- CreateEnum
CREATE TYPE "work_kind" AS ENUM ('sync', 'recompute', 'reconcile');

-- CreateEnum
CREATE TYPE "cost_source" AS ENUM ('shopify', 'import');

-- AlterEnum

ALTER TYPE "entry_kind" ADD VALUE 'other_revenue';
ALTER TYPE "entry_kind" ADD VALUE 'shipping_cost';
ALTER TYPE "entry_kind" ADD VALUE 'handling_cost';
ALTER TYPE "entry_kind" ADD VALUE 'return_handling';
ALTER TYPE "entry_kind" ADD VALUE 'fx_adjustment';
ALTER TYPE "entry_kind" ADD VALUE 'incentive';
ALTER TYPE "entry_kind" ADD VALUE 'cost_to_serve';
ALTER TYPE "entry_kind" ADD VALUE 'credit_cost';
ALTER TYPE "entry_kind" ADD VALUE 'chargeback';
ALTER TYPE "entry_kind" ADD VALUE 'write_off';

-- AlterEnum

ALTER TYPE "event_type" ADD VALUE 'edit';
ALTER TYPE "event_type" ADD VALUE 'return';
ALTER TYPE "event_type" ADD VALUE 'dispute';

-- AlterTable
ALTER TABLE "order" ADD COLUMN     "facts" JSON;

-- AlterTable
ALTER TABLE "order_day" ADD COLUMN     "cancelled" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "disputed" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "returned" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "sold" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "product_variant" ADD COLUMN     "weight_grams" INTEGER;

-- AlterTable
ALTER TABLE "sync_run" ADD COLUMN     "kind" "work_kind" NOT NULL DEFAULT 'sync';

-- AlterTable
ALTER TABLE "sync_stage" ADD COLUMN     "seconds_left" INTEGER;

-- AlterTable
ALTER TABLE "unit_cost" DROP CONSTRAINT "unit_cost_pkey",
ADD COLUMN     "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "source" "cost_source" NOT NULL DEFAULT 'shopify',
ADD CONSTRAINT "unit_cost_pkey" PRIMARY KEY ("shop_id", "variant_id", "from_day", "source");

-- DropTable
DROP TABLE "order_line";

-- CreateTable
CREATE TABLE "cost_rule_set" (
    "shop_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cost_rule_set_pkey" PRIMARY KEY ("shop_id","version")
);

-- CreateTable
CREATE TABLE "invoice" (
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "issued_day" DATE NOT NULL,
    "due_day" DATE,
    "paid_day" DATE,
    "amount" BIGINT NOT NULL,
    "open" BIGINT NOT NULL,
    "eligible" BIGINT NOT NULL,

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateTable
CREATE TABLE "dispute" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "amount" BIGINT,
    "fee" BIGINT,
    "initiated_at" TIMESTAMPTZ(3) NOT NULL,
    "finalized_at" TIMESTAMPTZ(3),

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "reconciliation_run" (
    "shop_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "orders_checked" INTEGER NOT NULL DEFAULT 0,
    "sales_checked" INTEGER NOT NULL DEFAULT 0,
    "orders_that_differ" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "reconciliation_run_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "reconciliation_difference" (
    "shop_id" INTEGER NOT NULL,
    "run_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "line_type" TEXT NOT NULL,
    "ledger" BIGINT NOT NULL,
    "shopify" BIGINT NOT NULL,

    CONSTRAINT "reconciliation_difference_pkey" PRIMARY KEY ("shop_id","run_id","order_id","line_type")
);

-- CreateIndex
CREATE INDEX "invoice_shop_id_customer_id_idx" ON "invoice"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "dispute_shop_id_order_id_idx" ON "dispute"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "product_variant_shop_id_sku_idx" ON "product_variant"("shop_id", "sku");

