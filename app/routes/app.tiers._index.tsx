import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Box, Layout, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect, type ReactNode } from "react";
import { useLookAgain } from "#app/components/look-again.ts";
import { PageError } from "#app/components/page-error.tsx";
import { TierPolicyForm } from "#app/components/tier-policy-form.tsx";
import { TierPreview } from "#app/components/tier-preview.tsx";
import { TierRuns } from "#app/components/tier-runs.tsx";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import { policyFromFields, type PolicyFaults } from "#app/core/tiers/policy-form.ts";
import { pageFromQuery, presentPager, type PagerView } from "#app/presenters/pager.ts";
import { policyFieldsOf } from "#app/presenters/tier-policy.ts";
import { presentPreview, presentRun, type PreviewView, type RunView } from "#app/presenters/tier-runs.ts";
import { signIn } from "#app/sign-in.server.ts";
import { savePolicy } from "#app/tier-policy.server.ts";

interface Data {
  readonly policy: TierPolicy;
  readonly runs: readonly RunView[];
  readonly pager: PagerView;
}

export const loader = async ({ request }: LoaderFunctionArgs): Promise<Data> => {
  const { app, shop } = await signIn(request);
  const page = pageFromQuery(new URL(request.url).searchParams);
  const [policy, { runs, total, perPage }] = await Promise.all([
    app.pages.tierPolicy(shop.id),
    app.pages.tierRuns(shop.id, page),
  ]);
  return { policy, runs: runs.map((run) => presentRun(run, shop)), pager: presentPager(page, total, perPage) };
};

type Answer =
  | { readonly kind: "faults"; readonly faults: PolicyFaults }
  | { readonly kind: "preview"; readonly at: number; readonly preview: PreviewView }
  | { readonly kind: "saved"; readonly at: number; readonly after: string | null };

/** Shows who would move, or, without being asked for a preview, saves. */
export const action = async ({ request }: ActionFunctionArgs): Promise<Answer> => {
  const signedIn = await signIn(request);
  const { app, shop } = signedIn;
  const form = await request.formData();
  const read = policyFromFields(policyFieldsOf(form), await app.pages.tierPolicy(shop.id));
  if (!read.ok) return { kind: "faults", faults: read.faults };
  if (form.get("intent") === "preview") {
    const preview = await app.pages.previewTiers(shop, read.policy, app.now());
    return { kind: "preview", at: app.now().getTime(), preview: presentPreview(preview, read.policy, shop.currency) };
  }
  const { runs } = await app.pages.tierRuns(shop.id, 1);
  await savePolicy(signedIn, read.policy);
  return { kind: "saved", at: app.now().getTime(), after: runs[0] ? String(runs[0].id) : null };
};

export default function Tiers(): ReactNode {
  const { policy, runs, pager } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const shopify = useAppBridge();
  useEffect(() => {
    if (answer?.kind === "saved") shopify.toast.show("Saved. Tiers are being worked out again.");
  }, [answer, shopify]);
  // The run that a saved policy brings: the history's first page shows it when it is there.
  const isWorking = answer?.kind === "saved" && pager.previous === null && (runs[0]?.id ?? null) === answer.after;
  useLookAgain(isWorking ? "running" : "finished");
  return (
    <Page title="Tiers" subtitle="How customers are put into A, B and C">
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <TierPolicyForm policy={policy} faults={answer?.kind === "faults" ? answer.faults : {}} />
            {answer?.kind === "preview" && <TierPreview key={answer.at} preview={answer.preview} />}
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <TierRuns runs={runs} pager={pager} isWorking={isWorking} />
          <Box paddingBlockEnd="800" />
        </Layout.Section>
      </Layout>
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
