import { planNumbers } from "#app/db/plan/plan-numbers.server.ts";
import { planOfVersion } from "#app/db/plan/plan-versions.server.ts";
import { publicationOf, type Publication } from "#app/db/plan/publication.server.ts";
import type { PipelineContext } from "./context.ts";
import type { PlanAt } from "./plan-values.ts";

/** The plan that is to be at Shopify, and where it stands there. */
export interface PlanInForce extends PlanAt {
  readonly version: number;
  readonly publication: Publication;
}

/** The plan that is to be at Shopify; null where none is. */
export const planInForce = async ({ pool, shop, now }: PipelineContext): Promise<PlanInForce | null> => {
  const publication = await publicationOf(pool, shop.id);
  const saved = publication.version === null ? null : await planOfVersion(pool, shop.id, publication.version);
  if (!saved) return null;
  const { plan, version } = saved;
  return { pool, shop, plan, version, publication, numbers: await planNumbers(pool, shop.id, plan), now: now() };
};
