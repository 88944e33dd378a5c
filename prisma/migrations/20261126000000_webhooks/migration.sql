-- AlterEnum
ALTER TYPE "work_kind" ADD VALUE 'catch_up';

-- AlterTable
ALTER TABLE "shop" ADD COLUMN "ledger_version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "order" ADD COLUMN "read_at" TIMESTAMPTZ(3);
UPDATE "order" SET "read_at" = "updated_at";
ALTER TABLE "order" ALTER COLUMN "read_at" SET NOT NULL;

-- AlterTable
ALTER TABLE "inbox_event" ADD COLUMN "attempts" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN "error_code" TEXT,
ADD COLUMN "error_message" TEXT,
ADD COLUMN "handled_at" TIMESTAMPTZ(3),
ADD COLUMN "try_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "inbox_event_shop_id_status_received_at_idx" ON "inbox_event"("shop_id", "status", "received_at");

-- AlterTable
ALTER TABLE "sync_stage" ADD COLUMN "after_id" BIGINT;
