import { createHash } from "node:crypto";
import type { WorldShop } from "#tests/local-shopify/world/world.ts";
import { defineType, GraphSource } from "./define-type.ts";
import { gid } from "./gid.ts";
import { CountSource } from "./sources.ts";

const PLAN_NAMES = { BASIC: "Basic", ADVANCED: "Advanced", PLUS: "Shopify Plus" };

/** The world gives shops no number, and Shopify always does: one that the domain decides. */
export function shopId(domain: string): number {
  return createHash("sha256").update(domain).digest().readUInt32BE(0);
}

export class ShopSource extends GraphSource {
  readonly typename = "Shop";
  readonly shop: WorldShop;

  constructor(shop: WorldShop) {
    super();
    this.shop = shop;
  }
}

class PlanSource extends GraphSource {
  readonly typename = "ShopPlan";
  readonly plan: WorldShop["plan"];

  constructor(plan: WorldShop["plan"]) {
    super();
    this.plan = plan;
  }
}

class DomainSource extends GraphSource {
  readonly typename = "Domain";
  readonly host: string;

  constructor(host: string) {
    super();
    this.host = host;
  }
}

export class AppInstallationSource extends GraphSource {
  readonly typename = "AppInstallation";
}

class AccessScopeSource extends GraphSource {
  readonly typename = "AccessScope";
  readonly handle: string;

  constructor(handle: string) {
    super();
    this.handle = handle;
  }
}

export const shopTypes = [
  defineType("Shop", ShopSource, {
    id: ({ shop }) => gid("Shop", shopId(shop.domain)),
    name: ({ shop }) => shop.name,
    myshopifyDomain: ({ shop }) => shop.domain,
    primaryDomain: ({ shop }) => new DomainSource(shop.domain),
    url: ({ shop }) => `https://${shop.domain}`,
    currencyCode: ({ shop }) => shop.currency,
    ianaTimezone: ({ shop }) => shop.timezone,
    taxesIncluded: ({ shop }) => shop.taxesIncluded,
    plan: ({ shop }) => new PlanSource(shop.plan),
  }),
  defineType("ShopPlan", PlanSource, {
    displayName: ({ plan }) => PLAN_NAMES[plan],
    publicDisplayName: ({ plan }) => PLAN_NAMES[plan],
    shopifyPlus: ({ plan }) => plan === "PLUS",
    partnerDevelopment: () => false,
  }),
  defineType("Domain", DomainSource, { host: ({ host }) => host, url: ({ host }) => `https://${host}` }),
  defineType("AppInstallation", AppInstallationSource, {
    accessScopes: (_installation, _args, { access }) => [...access.scopes].sort().map((h) => new AccessScopeSource(h)),
  }),
  defineType("AccessScope", AccessScopeSource, { handle: ({ handle }) => handle }),
  defineType("Count", CountSource, {
    count: ({ total, limit }) => (limit === null ? total : Math.min(total, limit)),
    precision: ({ total, limit }) => (limit !== null && total > limit ? "AT_LEAST" : "EXACT"),
  }),
];
