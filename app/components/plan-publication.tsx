import { useFetcher } from "@remix-run/react";
import { Modal, TitleBar, useAppBridge } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Box, InlineStack, List, Spinner, Text } from "@shopify/polaris";
import { useState, type ReactNode } from "react";
import type { PlanAnswer, PlanPageView } from "#app/presenters/plan-page.ts";
import { SyncCard } from "./sync-card.tsx";

/** Where the plan stands at Shopify, what is under way and what has failed. */
export const PlanPublication = ({ page }: { page: PlanPageView }): ReactNode => {
  const { publication, work } = page;
  const failure = work?.sync.failure;
  return (
    <BlockStack gap="400">
      {failure && (
        <Banner tone="critical" title={failure.title}>
          <p>{failure.advice}</p>
        </Banner>
      )}
      <Banner tone={publication.payNow?.isOn === false ? "warning" : publication.tone} title={publication.title}>
        <BlockStack gap="200">
          <p>{publication.text}</p>
          {publication.drift.length > 0 && (
            <List>
              {publication.drift.map((what) => (
                <List.Item key={what}>{what}</List.Item>
              ))}
            </List>
          )}
          {publication.payNow && <p>{publication.payNow.text}</p>}
        </BlockStack>
      </Banner>
      {page.unpaid !== null && (
        <Banner tone="warning" title={page.unpaid} action={{ content: "Look at them", url: "/app/discounts/unpaid" }} />
      )}
      {work?.sync.state === "running" && <SyncCard sync={work.sync} title={work.title} />}
    </BlockStack>
  );
};

/** What is confirmed before it is done at Shopify. */
type PlanStep = "publish" | "withdraw";

interface ConfirmWords {
  readonly title: string;
  /** Above what is listed. */
  readonly lead: string;
  readonly confirm: string;
  readonly done: string;
  readonly tone?: "critical";
}

const WORDS: Readonly<Record<PlanStep, ConfirmWords>> = {
  publish: {
    title: "Publish the plan",
    lead: "This will be written at Shopify, and the plan is in force when all of it is there:",
    confirm: "Publish",
    done: "The plan is on its way to Shopify",
  },
  withdraw: {
    title: "Take everything away",
    lead: "Nobody gets a discount from the plan any more. The plan stays saved here. This will be removed at Shopify:",
    confirm: "Take everything away",
    done: "The plan is being taken away",
    tone: "critical",
  },
};

const Listed = ({ step, answer }: { step: PlanStep; answer: PlanAnswer | undefined }): ReactNode => {
  if (answer?.kind !== "counted") {
    return (
      <InlineStack gap="200" blockAlign="center">
        <Spinner size="small" accessibilityLabel="Counting" />
        <Text as="p">Comparing with what is at Shopify …</Text>
      </InlineStack>
    );
  }
  return (
    <BlockStack gap="300">
      <Text as="p">{WORDS[step].lead}</Text>
      <List>
        {answer[step].map((text) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
    </BlockStack>
  );
};

export interface PlanConfirm {
  readonly step: PlanStep;
  readonly isOpen: boolean;
  /** What would be done; undefined while it is counted. */
  readonly answer: PlanAnswer | undefined;
  readonly ask: (step: PlanStep) => void;
  readonly close: () => void;
  readonly confirm: () => void;
}

/** Asks what publishing or taking away would do at Shopify, and does it when the merchant says so. */
export const usePlanConfirm = (): PlanConfirm => {
  const shopify = useAppBridge();
  const counting = useFetcher<PlanAnswer>();
  const doing = useFetcher<PlanAnswer>();
  // Kept while the dialog closes.
  const [step, setStep] = useState<PlanStep>("publish");
  const [isOpen, setOpen] = useState(false);
  return {
    step,
    isOpen,
    answer: counting.state === "idle" ? counting.data : undefined,
    ask: (next) => {
      setStep(next);
      setOpen(true);
      counting.submit({ intent: "count" }, { method: "post" });
    },
    close: () => setOpen(false),
    confirm: () => {
      doing.submit({ intent: step }, { method: "post" });
      shopify.toast.show(WORDS[step].done);
      setOpen(false);
    },
  };
};

/** What would be done at Shopify, to be confirmed. */
export const PlanConfirmation = ({ confirmation }: { confirmation: PlanConfirm }): ReactNode => {
  const { step, isOpen, answer, close, confirm } = confirmation;
  const words = WORDS[step];
  return (
    <Modal id="plan-confirm" open={isOpen} onHide={close}>
      <Box padding="400">
        <Listed step={step} answer={answer} />
      </Box>
      <TitleBar title={words.title}>
        <button
          type="button"
          variant="primary"
          tone={words.tone ?? "default"}
          disabled={answer?.kind !== "counted"}
          onClick={confirm}
        >
          {words.confirm}
        </button>
        <button type="button" onClick={close}>
          Cancel
        </button>
      </TitleBar>
    </Modal>
  );
};
