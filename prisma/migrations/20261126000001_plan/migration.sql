-- AlterEnum
ALTER TYPE "work_kind" ADD VALUE 'publish';
ALTER TYPE "work_kind" ADD VALUE 'withdraw';

-- AlterTable
ALTER TABLE "order_day" ADD COLUMN "units" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "product_variant" ADD COLUMN "compare_at_price" BIGINT,
ADD COLUMN "gift_card" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "price" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "collection" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGINT NOT NULL,
    "handle" TEXT NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "collection_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "collection_product" (
    "shop_id" INTEGER NOT NULL,
    "collection_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,

    CONSTRAINT "collection_product_pkey" PRIMARY KEY ("shop_id","collection_id","product_id")
);

-- CreateTable
CREATE TABLE "plan_version" (
    "shop_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "plan" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_by" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "plan_version_pkey" PRIMARY KEY ("shop_id","version")
);

-- CreateTable
CREATE TABLE "plan_number" (
    "shop_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "plan_number_pkey" PRIMARY KEY ("shop_id","kind","key")
);

-- CreateTable
CREATE TABLE "publication" (
    "shop_id" INTEGER NOT NULL,
    "discount_id" BIGINT,
    "version" INTEGER,
    "published_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "drift" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "publication_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "published_value" (
    "shop_id" INTEGER NOT NULL,
    "owner" TEXT NOT NULL,
    "owner_id" BIGINT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "published_value_pkey" PRIMARY KEY ("shop_id","owner","owner_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "collection_shop_id_handle_key" ON "collection"("shop_id", "handle");

-- CreateIndex
CREATE UNIQUE INDEX "plan_number_shop_id_kind_number_key" ON "plan_number"("shop_id", "kind", "number");
