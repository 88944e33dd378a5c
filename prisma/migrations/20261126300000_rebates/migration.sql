-- CreateEnum
CREATE TYPE "rebate_status" AS ENUM ('intended', 'calling', 'given', 'held', 'refused', 'dismissed');

-- CreateTable
CREATE TABLE "early_payment_rebate" (
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "status" "rebate_status" NOT NULL,
    "reason" TEXT,
    "message" TEXT,
    "plan_version" INTEGER NOT NULL,
    "basis_points" INTEGER NOT NULL,
    "discount_days" INTEGER NOT NULL,
    "eligible" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "paid_as" TEXT NOT NULL,
    "credit_days" INTEGER,
    "owner_kind" TEXT,
    "owner_id" BIGINT,
    "call_key" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "called_at" TIMESTAMPTZ(3),
    "given_at" TIMESTAMPTZ(3),
    "transaction_id" BIGINT,
    "refund_id" BIGINT,
    "expires_at" TIMESTAMPTZ(3),
    "expired" BIGINT,
    "due_back" BIGINT NOT NULL DEFAULT 0,
    "taken_back" BIGINT NOT NULL DEFAULT 0,
    "back_amount" BIGINT,
    "back_called_at" TIMESTAMPTZ(3),
    "back_reason" TEXT,
    "booked" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "early_payment_rebate_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateTable
CREATE TABLE "rebate_taken_back" (
    "shop_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rebate_taken_back_pkey" PRIMARY KEY ("shop_id","order_id","transaction_id")
);

-- CreateIndex
CREATE INDEX "early_payment_rebate_shop_id_status_decided_at_idx" ON "early_payment_rebate"("shop_id", "status", "decided_at");

-- CreateIndex
CREATE UNIQUE INDEX "early_payment_rebate_shop_id_transaction_id_key" ON "early_payment_rebate"("shop_id", "transaction_id");

-- CreateIndex
CREATE INDEX "invoice_shop_id_issued_day_idx" ON "invoice"("shop_id", "issued_day");
