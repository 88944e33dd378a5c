import { Banner, BlockStack, Button, Card, InlineStack, List, Text } from "@shopify/polaris";
import { useEffect, useRef, useState, type ElementRef, type ReactNode } from "react";
import { readLimits } from "#app/core/plan/check-draft.ts";
import { blankPart, isPaymentKind, type PartDraft } from "#app/core/plan/plan-draft.ts";
import type { PlanFault } from "#app/core/plan/plan-reader.ts";
import { planWarnings } from "#app/core/plan/warnings.ts";
import { faultAtField, faultInWords, isConflict } from "#app/presenters/plan-faults.ts";
import type { PlanPageView } from "#app/presenters/plan-page.ts";
import { presentWarning } from "#app/presenters/plan.ts";
import { ChangesBar } from "./changes-bar.tsx";
import type { PlanEditor as Editor } from "./plan-editor-state.ts";
import { PlanFind } from "./plan-find.tsx";
import { PlanText, type Editing } from "./plan-inputs.tsx";
import { PART_WORDS, PlanPart } from "./plan-part.tsx";
import { useRows } from "./plan-rows.ts";
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
  const [chosen, setChosen] = useState(page.example);
  const { shop } = page;
  const example = chosen?.example;
  const editing: Editing = {
    currency: shop.currency,
    collections: page.collections,
    on: {
      product: example
        ? {
            title: chosen.label,
            price: BigInt(example.price),
            unitCost: example.unitCost === null ? null : BigInt(example.unitCost),
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
  return { editing, chosen, choose: setChosen };
};

const AddPart = ({ editor, add }: { editor: Editor; add: (kind: PartDraft["kind"]) => void }): ReactNode => {
  const { parts } = editor.draft;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h3" variant="headingMd">
          {parts.length === 0 ? "Add the first part" : "Add a part"}
        </Text>
        <div data-adds>
          <InlineStack gap="200">
            {KINDS.map((kind) => (
              <Button
                key={kind}
                disabled={isPaymentKind(kind) && parts.some((part) => part.kind === kind)}
                onClick={() => add(kind)}
              >
                {PART_WORDS[kind].name}
              </Button>
            ))}
          </InlineStack>
        </div>
      </BlockStack>
    </Card>
  );
};

const Parts = ({ editor, editing }: { editor: Editor; editing: Editing }): ReactNode => {
  const { draft, change } = editor;
  const { parts } = draft;
  const { root, afterAdding, afterRemoving } = useRows("part");
  const changePart = (index: number, next: PartDraft | null): void => {
    if (!next) afterRemoving(index);
    change({ parts: parts.flatMap((one, place) => (place === index ? (next ?? []) : one)) });
  };
  const add = (kind: PartDraft["kind"]): void => {
    afterAdding(parts.length);
    change({ parts: [...parts, blankPart(kind, parts)] });
  };
  return (
    <div ref={root}>
      <BlockStack gap="400">
        {parts.map((part, index) => (
          <PlanPart
            key={part.key}
            editing={editing}
            index={index}
            part={part}
            onChange={(next) => changePart(index, next)}
          />
        ))}
        <AddPart editor={editor} add={add} />
      </BlockStack>
    </div>
  );
};

/** The form of a plan. What is typed is shown at once on a product; it counts once it is saved and published. */
export const PlanEditor = (props: Props): ReactNode => {
  const { page, editor } = props;
  const { draft, change } = editor;
  const { editing, chosen, choose } = useExample(props);
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
          {chosen && (
            <PlanFind
              of="examples"
              label="Show what it comes to on"
              help="Type to find a product by its title or SKU."
              chosen={chosen}
              onChoose={choose}
            />
          )}
        </BlockStack>
      </Card>
      <Parts editor={editor} editing={editing} />
      <PlanSettings editing={editing} draft={draft} change={change} taxesIncluded={page.shop.taxesIncluded} />
    </BlockStack>
  );
};

export const PlanSaveBar = ({ editor }: { editor: Editor }): ReactNode => (
  <ChangesBar
    id="plan-save-bar"
    isOpen={editor.isDirty}
    isSaving={editor.isSaving}
    onSave={editor.save}
    onDiscard={editor.discard}
  />
);
