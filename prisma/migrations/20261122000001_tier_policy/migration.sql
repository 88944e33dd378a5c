-- AlterTable
ALTER TABLE "standing" ADD COLUMN     "cancelled" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "counted_to" DATE,
ADD COLUMN     "disputed" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "factors" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN     "in_run" JSONB,
ADD COLUMN     "invoiced" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "late_amount_days" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "pinned" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "provisional_tier" "tier",
ADD COLUMN     "raw_tier" "tier",
ADD COLUMN     "returned" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "runs_other_side_a" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "runs_other_side_b" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "score" INTEGER,
ADD COLUMN     "sold" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "tier_move" ADD COLUMN     "why" JSONB;

-- AlterTable
ALTER TABLE "tier_run" ADD COLUMN     "moved" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "policy_changed" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "tier_pin" (
    "shop_id" INTEGER NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "tier" "tier" NOT NULL,
    "reason" TEXT NOT NULL,
    "until" DATE,
    "pinned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tier_pin_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateIndex
CREATE INDEX "tier_move_shop_id_run_id_idx" ON "tier_move"("shop_id", "run_id");

