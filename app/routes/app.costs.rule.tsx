import { redirect, type ActionFunctionArgs, type HeadersFunction, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { CostRuleForm } from "#app/components/cost-rule-form.tsx";
import { PageError } from "#app/components/page-error.tsx";
import { editRules } from "#app/core/costs/edit-rules.ts";
import { BLANK_CHARGE, chargeFromFields, fieldsOfCharge, type ChargeFields } from "#app/core/costs/rule-form.ts";
import { isCharge } from "#app/core/costs/rule-json.ts";
import { saveRules } from "#app/cost-rules.server.ts";
import { CHANGED_MEANWHILE, chargeFieldsOf, placeOf, versionOf, type RuleSaved } from "#app/presenters/cost-form.ts";
import { signIn } from "#app/sign-in.server.ts";

interface Data {
  readonly currency: string;
  readonly version: number;
  readonly isNew: boolean;
  readonly fields: ChargeFields;
}

/** The rule's place in the list of all; null for a new one. */
const placeIn = (request: Request): number | null => placeOf(new URL(request.url).searchParams.get("place"));

export const loader = async ({ request }: LoaderFunctionArgs): Promise<Data> => {
  const { app, shop } = await signIn(request);
  const { version, rules } = await app.pages.costRules(shop.id);
  const place = placeIn(request);
  const about = { currency: shop.currency, version };
  if (place === null) return { ...about, isNew: true, fields: BLANK_CHARGE };
  const rule = rules[place];
  if (!rule || !isCharge(rule)) throw new Response("No such rule", { status: 404 });
  return { ...about, isNew: false, fields: fieldsOfCharge(rule, shop.currency) };
};

export const action = async ({ request }: ActionFunctionArgs): Promise<RuleSaved | Response> => {
  const signedIn = await signIn(request);
  const { app, shop } = signedIn;
  const form = await request.formData();
  const read = chargeFromFields(chargeFieldsOf(form), shop.currency);
  if (!read.ok) return { ok: false, form: "rule", faults: read.faults };
  const place = placeIn(request);
  const { rules } = await app.pages.costRules(shop.id);
  const rule = read.value;
  const edited = editRules(rules, place === null ? { kind: "add", rule } : { kind: "change", place, rule });
  const isSaved = await saveRules(signedIn, edited, versionOf(form));
  return isSaved ? redirect("/app/costs") : { ok: false, form: "rule", faults: { form: CHANGED_MEANWHILE } };
};

export default function CostRulePage(): ReactNode {
  const { currency, version, isNew, fields } = useLoaderData<typeof loader>();
  const saved = useActionData<typeof action>();
  return (
    <Page title={isNew ? "Add a cost rule" : "Edit a cost rule"} backAction={{ content: "Costs", url: "/app/costs" }}>
      <CostRuleForm
        // A rule that was changed elsewhere is shown as it is now.
        key={version}
        currency={currency}
        version={version}
        fields={fields}
        faults={saved && !saved.ok ? saved.faults : {}}
      />
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
