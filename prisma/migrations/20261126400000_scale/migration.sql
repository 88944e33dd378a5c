-- Customers by name, as the page lists them: the first ones are there without all names being sorted.
CREATE INDEX "customer_shop_id_name_idx" ON "customer"("shop_id", lower(coalesce("name", "email", "key")));

-- What a search looks at, in lower case once and for all: ILIKE on three columns of each customer took three times as long.
ALTER TABLE "customer" ADD COLUMN "search" TEXT
    GENERATED ALWAYS AS (lower(coalesce("name", '') || E'\n' || coalesce("email", '') || E'\n' || "key")) STORED;

-- Without counts of the new column a search that finds nearly everybody would be planned as one that finds nobody.
ANALYZE "customer";
