-- AlterEnum
ALTER TYPE "work_kind" ADD VALUE 'backtest';

-- CreateTable
CREATE TABLE "backtest" (
    "shop_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "version" INTEGER NOT NULL,
    "window_days" INTEGER,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_by" TEXT NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "total" INTEGER,
    "done" INTEGER NOT NULL DEFAULT 0,
    "seconds" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "after_customer" BIGINT,
    "after_at" TIMESTAMPTZ(3),
    "after_order" BIGINT,
    "counts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "backtest_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "backtest_customer" (
    "shop_id" INTEGER NOT NULL,
    "backtest_id" INTEGER NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "tier" "tier",
    "orders" INTEGER NOT NULL,
    "net_sales" BIGINT NOT NULL,
    "cm4" BIGINT NOT NULL,
    "given_past" BIGINT NOT NULL,
    "given_candidate" BIGINT NOT NULL,
    "plan_past" BIGINT NOT NULL,
    "plan_candidate" BIGINT NOT NULL,
    "change" BIGINT NOT NULL,
    "margin" BIGINT NOT NULL,
    "extra" BIGINT NOT NULL,

    CONSTRAINT "backtest_customer_pkey" PRIMARY KEY ("shop_id","backtest_id","customer_id")
);

-- CreateTable
CREATE TABLE "backtest_difference" (
    "shop_id" INTEGER NOT NULL,
    "backtest_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "given" BIGINT NOT NULL,
    "replayed" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "backtest_difference_pkey" PRIMARY KEY ("shop_id","backtest_id","order_id","line_id")
);

-- CreateTable
CREATE TABLE "backtest_below" (
    "shop_id" INTEGER NOT NULL,
    "backtest_id" INTEGER NOT NULL,
    "order_id" BIGINT NOT NULL,
    "line_id" BIGINT NOT NULL,
    "given" BIGINT NOT NULL,
    "candidate" BIGINT NOT NULL,
    "below" TEXT[],

    CONSTRAINT "backtest_below_pkey" PRIMARY KEY ("shop_id","backtest_id","order_id","line_id")
);

-- AddForeignKey
ALTER TABLE "backtest_customer" ADD CONSTRAINT "backtest_customer_shop_id_backtest_id_fkey" FOREIGN KEY ("shop_id", "backtest_id") REFERENCES "backtest"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backtest_difference" ADD CONSTRAINT "backtest_difference_shop_id_backtest_id_fkey" FOREIGN KEY ("shop_id", "backtest_id") REFERENCES "backtest"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backtest_below" ADD CONSTRAINT "backtest_below_shop_id_backtest_id_fkey" FOREIGN KEY ("shop_id", "backtest_id") REFERENCES "backtest"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
