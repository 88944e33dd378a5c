-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "redacted_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "inbox_event" ADD COLUMN     "details" JSONB;

-- CreateTable
CREATE TABLE "data_request" (
    "shop_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "event_id" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "customer_ids" BIGINT[],
    "file" JSON NOT NULL,

    CONSTRAINT "data_request_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "data_request_shop_id_event_id_key" ON "data_request"("shop_id", "event_id");
