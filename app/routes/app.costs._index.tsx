import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Box, Layout, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect, type ReactNode } from "react";
import { CostCoverage } from "#app/components/cost-coverage.tsx";
import { CostRecompute } from "#app/components/cost-recompute.tsx";
import { RuleRemovalConfirmation, useRuleRemoval } from "#app/components/cost-removal.tsx";
import { CostRulesCard } from "#app/components/cost-rules.tsx";
import { CostShare } from "#app/components/cost-share.tsx";
import { CostUnitCosts } from "#app/components/cost-unit-costs.tsx";
import { useLookAgain } from "#app/components/look-again.ts";
import { PageError } from "#app/components/page-error.tsx";
import { editRules } from "#app/core/costs/edit-rules.ts";
import { shopDays } from "#app/core/time/shop-day.ts";
import { saveRules } from "#app/cost-rules.server.ts";
import { CHANGED_MEANWHILE, editFromForm, versionOf, type RuleSaved } from "#app/presenters/cost-form.ts";
import { presentCosts, type CostsView } from "#app/presenters/cost-page.ts";
import { presentSync, type SyncView } from "#app/presenters/sync.ts";
import { signIn } from "#app/sign-in.server.ts";

interface Data {
  readonly costs: CostsView;
  readonly recompute: SyncView | null;
}

export const loader = async ({ request }: LoaderFunctionArgs): Promise<Data> => {
  const { app, shop } = await signIn(request);
  const today = shopDays(shop.timeZone)(app.now().getTime());
  // First of all: once it says that it is done, the others are read as it left them, and nobody has to look again.
  const recompute = await app.pages.latestRecompute(shop.id);
  const [run, rules, uncosted] = await Promise.all([
    app.pages.latestRun(shop.id),
    app.pages.costRules(shop.id),
    app.pages.uncostedVariants(shop.id, today),
  ]);
  return {
    costs: presentCosts({ summary: run?.summary ?? null, rules, uncosted }, shop.currency),
    recompute: recompute && presentSync(recompute),
  };
};

export const action = async ({ request }: ActionFunctionArgs): Promise<RuleSaved> => {
  const signedIn = await signIn(request);
  const { app, shop } = signedIn;
  const form = await request.formData();
  const read = editFromForm(form);
  if (!read.ok) return read;
  const { rules } = await app.pages.costRules(shop.id);
  const isSaved = await saveRules(signedIn, editRules(rules, read.edit), versionOf(form));
  return isSaved ? { ok: true, at: app.now().getTime() } : { ok: false, form: "", faults: { form: CHANGED_MEANWHILE } };
};

export default function Costs(): ReactNode {
  const { costs, recompute } = useLoaderData<typeof loader>();
  const saved = useActionData<typeof action>();
  const shopify = useAppBridge();
  const removal = useRuleRemoval();
  useLookAgain(recompute?.state ?? "finished");
  useEffect(() => {
    if (saved?.ok) shopify.toast.show("Saved");
    else if (saved?.faults["form"]) shopify.toast.show(saved.faults["form"], { isError: true });
  }, [saved, shopify]);
  const { rules, coverage, unitCosts } = costs;
  return (
    <Page title="Costs" subtitle="What Shopify does not know of them">
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {recompute && <CostRecompute work={recompute} />}
            <CostCoverage coverage={coverage} />
            <CostUnitCosts view={unitCosts} />
            <CostRulesCard rules={rules} removal={removal} />
            <CostShare kind="fallback_margin" rules={rules} saved={saved} removal={removal} />
            <CostShare kind="credit_cost" rules={rules} saved={saved} removal={removal} />
          </BlockStack>
          <RuleRemovalConfirmation removal={removal} />
          <Box paddingBlockEnd="800" />
        </Layout.Section>
      </Layout>
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
