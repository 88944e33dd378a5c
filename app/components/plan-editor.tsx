import { SaveBar } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Button, Card, InlineStack, List, Select, Text } from "@shopify/polaris";
import { useEffect, useRef, useState, type ElementRef, type ReactNode } from "react";
import { readLimits } from "#app/core/plan/check-draft.ts";
import { blankPart, isPaymentKind, type PartDraft } from "#app/core/plan/plan-draft.ts";
import type { PlanFault } from "#app/core/plan/plan-reader.ts";
import { planWarnings } from "#app/core/plan/warnings.ts";
import { faultAtField, faultInWords, isConflict } from "#app/presenters/plan-faults.ts";
import type { PlanPageView } from "#app/presenters/plan-page.ts";
import { presentWarning } from "#app/presenters/plan.ts";
import type { PlanEditor as Editor } from "./plan-editor-state.ts";
import { PlanText, type Editing } from "./plan-inputs.tsx";
import { PART_WORDS, PlanPart } from "./plan-part.tsx";
import { PlanSettings } from "./plan-settings.tsx";

const KINDS: readonly PartDraft["kind"][] = [
  "quantity-break",
  "cumulative",
  "tier-price",
  "pay-now",
  "early-payment-after",
];

/** All that is wrong, once saving was tried. */
const Faults = ({ editor }: { editor: Editor }): ReactNode => {
  const { faults } = editor;
  const banner = useRef<ElementRef<typeof Banner>>(null);
  const isThere = faults.length > 0;
  useEffect(() => {
    if (isThere) banner.current?.focus();
  }, [isThere]);
  if (!isThere) return null;
  const overwrite = { content: "Save mine over it", onAction: editor.saveOver };
  return (
    <Banner
      ref={banner}
      tone="critical"
      title="The plan was not saved"
      action={isConflict(faults) ? overwrite : undefined}
    >
      <List>
        {[...new Set(faults.map(faultInWords))].map((text) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
    </Banner>
  );
};

const Warnings = ({ editor, shop }: { editor: Editor; shop: PlanPageView["shop"] }): ReactNode => {
  const warnings = editor.read.ok ? planWarnings(editor.read.plan, shop) : [];
  if (warnings.length === 0) return null;
  return (
    <Banner tone="warning" title="Look at this before you publish">
      <List>
        {warnings.map(presentWarning).map(({ at, text }) => (
          <List.Item key={at + text}>{text}</List.Item>
        ))}
      </List>
    </Banner>
  );
};

interface Props {
  readonly page: PlanPageView;
  readonly editor: Editor;
}

/** The product that steps are shown on, and which of them is chosen. */
const useExample = ({ page, editor }: Props) => {
  const [chosen, setChosen] = useState("");
  const { examples, shop } = page;
  const product =
    examples.find(({ id }) => id === chosen) ?? examples.find(({ unitCost }) => unitCost !== null) ?? examples[0];
  const editing: Editing = {
    currency: shop.currency,
    collections: page.collections,
    on: {
      product: product
        ? {
            title: product.title,
            price: BigInt(product.price),
            unitCost: product.unitCost === null ? null : BigInt(product.unitCost),
          }
        : null,
      limits: readLimits(editor.draft.limits, shop.currency),
      taxesIncluded: shop.taxesIncluded,
      currency: shop.currency,
    },
    errorAt: (at) => {
      const fault: PlanFault | undefined = editor.faults.find((one) => one.at === at);
      return fault && faultAtField(fault);
    },
  };
  return { editing, productId: product?.id, choose: setChosen };
};

const AddPart = ({ editor }: { editor: Editor }): ReactNode => {
  const { parts } = editor.draft;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h3" variant="headingMd">
          {parts.length === 0 ? "Add the first part" : "Add a part"}
        </Text>
        <InlineStack gap="200">
          {KINDS.map((kind) => (
            <Button
              key={kind}
              disabled={isPaymentKind(kind) && parts.some((part) => part.kind === kind)}
              onClick={() => editor.change({ parts: [...parts, blankPart(kind, parts)] })}
            >
              {PART_WORDS[kind].name}
            </Button>
          ))}
        </InlineStack>
      </BlockStack>
    </Card>
  );
};

/** The form of a plan. What is typed is shown at once on a product; it counts once it is saved and published. */
export const PlanEditor = (props: Props): ReactNode => {
  const { page, editor } = props;
  const { draft, change } = editor;
  const { editing, productId, choose } = useExample(props);
  const changePart = (key: number, part: PartDraft | null): void =>
    change({ parts: draft.parts.flatMap((one) => (one.key === key ? (part ?? []) : one)) });
  return (
    <BlockStack gap="400">
      <Faults editor={editor} />
      <Warnings editor={editor} shop={page.shop} />
      <Card>
        <BlockStack gap="300">
          <PlanText
            editing={editing}
            at="title"
            label="Title"
            help="Of the discount at Shopify."
            value={draft.title}
            onChange={(title) => change({ title })}
          />
          {page.examples.length > 0 && (
            <Select
              label="Show what it comes to on"
              options={page.examples.map(({ id, title }) => ({ value: id, label: title }))}
              value={productId}
              onChange={choose}
            />
          )}
        </BlockStack>
      </Card>
      {draft.parts.map((part, index) => (
        <PlanPart
          key={part.key}
          editing={editing}
          index={index}
          part={part}
          onChange={(next) => changePart(part.key, next)}
        />
      ))}
      <AddPart editor={editor} />
      <PlanSettings editing={editing} draft={draft} change={change} taxesIncluded={page.shop.taxesIncluded} />
    </BlockStack>
  );
};

/** Shopify's bar for what is not saved yet. */
export const PlanSaveBar = ({ editor }: { editor: Editor }): ReactNode => (
  <SaveBar id="plan-save-bar" open={editor.isDirty}>
    <button
      type="button"
      variant="primary"
      disabled={editor.isSaving}
      loading={editor.isSaving ? "" : undefined}
      onClick={editor.save}
    >
      Save
    </button>
    <button type="button" disabled={editor.isSaving} onClick={editor.discard}>
      Discard
    </button>
  </SaveBar>
);
