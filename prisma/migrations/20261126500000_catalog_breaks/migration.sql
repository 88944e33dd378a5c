-- Whether a catalog of the location has prices that fall with the quantity.
ALTER TABLE "company_location" ADD COLUMN "has_breaks" BOOLEAN NOT NULL DEFAULT false;
