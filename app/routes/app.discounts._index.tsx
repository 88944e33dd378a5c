import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigate } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Box, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { useDownload } from "#app/components/download.ts";
import { useLookAgain } from "#app/components/look-again.ts";
import { PageError } from "#app/components/page-error.tsx";
import { PlanEditor, PlanSaveBar } from "#app/components/plan-editor.tsx";
import { usePlanEditor, type PlanEditor as Editor } from "#app/components/plan-editor-state.ts";
import { PlanImportFile, usePlanImport } from "#app/components/plan-import.tsx";
import { PlanOthers } from "#app/components/plan-others.tsx";
import { PlanConfirmation, PlanPublication, usePlanConfirm } from "#app/components/plan-publication.tsx";
import { PlanStarts } from "#app/components/plan-start.tsx";
import { PlanVersions } from "#app/components/plan-versions.tsx";
import { shopDays } from "#app/core/time/shop-day.ts";
import { limitedForm } from "#app/limited-body.server.ts";
import { doPlanAction } from "#app/plan-form.server.ts";
import { readPlanPage } from "#app/plan.server.ts";
import { presentPlanPage, type PlanAnswer, type PlanPageView } from "#app/presenters/plan-page.ts";
import { signIn } from "#app/sign-in.server.ts";

const MOST_BYTES = 2 * 1024 * 1024;

export const loader = async ({ request }: LoaderFunctionArgs): Promise<PlanPageView> => {
  const signedIn = await signIn(request);
  const { app, shop } = signedIn;
  const today = shopDays(shop.timeZone)(app.now().getTime());
  return presentPlanPage(await readPlanPage(signedIn), shop, today);
};

export const action = async ({ request }: ActionFunctionArgs): Promise<PlanAnswer> => {
  const signedIn = await signIn(request);
  return doPlanAction(signedIn, await limitedForm(request, MOST_BYTES));
};

/** Leads to the preview, once the merchant has agreed to leave what is not saved. */
const usePreview = () => {
  const shopify = useAppBridge();
  const navigate = useNavigate();
  return (): void => void shopify.saveBar.leaveConfirmation().then(() => navigate("/app/discounts/preview"));
};

const Content = ({ page, editor }: { page: PlanPageView; editor: Editor }): ReactNode => {
  const { publication, version } = page;
  return (
    <>
      {(version > 0 || publication.isThere) && <PlanPublication page={page} />}
      <PlanOthers />
      {editor.isStarted ? (
        <PlanEditor page={page} editor={editor} />
      ) : (
        <PlanStarts currency={page.shop.currency} fill={editor.fill} />
      )}
      <PlanVersions versions={page.versions} isDirty={editor.isDirty} />
    </>
  );
};

/** Why nothing can be published just now. */
const hintOf = ({ isDirty }: Editor): string | undefined => (isDirty ? "Save the plan first." : undefined);

export default function Discounts(): ReactNode {
  const page = useLoaderData<typeof loader>();
  const { publication, work } = page;
  const editor = usePlanEditor(page, page.shop.currency);
  const planImport = usePlanImport(editor.fill);
  const json = useDownload("/app/discounts.json", "plan.json");
  const preview = usePreview();
  const confirmation = usePlanConfirm();
  const workState = work?.sync.state ?? "finished";
  useLookAgain(workState);
  const isBusy = workState === "running";
  const isUnsaved = page.version === 0;
  return (
    <Page
      title="Discounts"
      subtitle="What customers get by themselves at checkout: one plan, kept at Shopify as one automatic discount."
      primaryAction={{
        content: "Review and publish",
        disabled: isUnsaved || editor.isDirty || isBusy,
        helpText: hintOf(editor),
        onAction: () => confirmation.ask("publish"),
      }}
      secondaryActions={[
        { content: "Preview", onAction: preview, disabled: isUnsaved },
        { content: "Back-test", url: "/app/discounts/backtest", disabled: isUnsaved },
        { content: "Export JSON", onAction: json.start, loading: json.isBusy, disabled: isUnsaved },
        { content: "Import JSON", onAction: planImport.choose, loading: planImport.isBusy },
        {
          content: "Take everything away",
          destructive: true,
          disabled: !publication.isThere || isBusy,
          onAction: () => confirmation.ask("withdraw"),
        },
      ]}
    >
      <BlockStack gap="400">
        <PlanImportFile planImport={planImport} />
        <Content page={page} editor={editor} />
      </BlockStack>
      <PlanSaveBar editor={editor} />
      <PlanConfirmation confirmation={confirmation} />
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
