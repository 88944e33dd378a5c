-- AlterTable
ALTER TABLE "shop" ADD COLUMN "is_plus" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "order" ADD COLUMN "asks_pay_now" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "company_location" ADD COLUMN "checkout_to_draft" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "has_deposit" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "has_terms" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "publication" ADD COLUMN "customization_id" BIGINT,
ADD COLUMN "pay_now" TEXT;

-- CreateTable
CREATE TABLE "plan_period" (
    "shop_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "version" INTEGER NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3),
    "pay_now" BOOLEAN NOT NULL DEFAULT false,
    "compiled" JSON,

    CONSTRAINT "plan_period_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "published_value_log" (
    "shop_id" INTEGER NOT NULL,
    "owner" TEXT NOT NULL,
    "owner_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "value" TEXT,

    CONSTRAINT "published_value_log_pkey" PRIMARY KEY ("shop_id","owner","owner_id","at")
);

-- CreateTable
CREATE TABLE "pay_now_unpaid" (
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "tagged_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "charged" BIGINT,
    "error_code" TEXT,

    CONSTRAINT "pay_now_unpaid_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- Few orders ask to pay now: they are found among millions.
CREATE INDEX "order_asks_pay_now" ON "order"("shop_id", "processed_at") WHERE "asks_pay_now";

-- What is published and in force now, from the day it was first published.
INSERT INTO "plan_period" ("shop_id", "version", "from_at")
SELECT "shop_id", "version", "published_at" FROM "publication" WHERE "version" IS NOT NULL AND "published_at" IS NOT NULL;

INSERT INTO "published_value_log" ("shop_id", "owner", "owner_id", "at", "value")
SELECT "shop_id", "owner", "owner_id", now(), "value" FROM "published_value";
