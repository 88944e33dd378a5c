import { Badge, BlockStack, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { StageView, SyncView } from "#app/presenters/sync.ts";

const BADGES = {
  waiting: { children: "Waiting" },
  active: { children: "In progress", tone: "info" },
  done: { children: "Done", tone: "success" },
  skipped: { children: "Left out", tone: "attention" },
} as const;

const Stage = ({ stage }: { stage: StageView }): ReactNode => (
  <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
    <BlockStack>
      <Text as="span" variant="bodyMd" fontWeight={stage.state === "active" ? "semibold" : "regular"}>
        {stage.label}
      </Text>
      <Text as="span" variant="bodySm" tone="subdued">
        {stage.detail}
      </Text>
    </BlockStack>
    <Badge {...BADGES[stage.state]} />
  </InlineStack>
);

/** A long work under way: the whole in percent, each stage in objects. */
export const SyncCard = ({ sync, title }: { sync: SyncView; title: string }): ReactNode => (
  <Card>
    <BlockStack gap="400">
      <BlockStack gap="200">
        <InlineStack align="space-between">
          <Text as="h2" variant="headingMd" id="sync-progress">
            {title}
          </Text>
          <Text as="span" variant="headingMd">
            {sync.percent} %
          </Text>
        </InlineStack>
        <ProgressBar progress={sync.percent} size="small" tone="success" ariaLabelledBy="sync-progress" />
        <Text as="p" tone="subdued">
          You can leave this page: the work goes on, and this page follows it.
        </Text>
      </BlockStack>
      <BlockStack gap="300">
        {sync.stages.map((stage) => (
          <Stage key={stage.name} stage={stage} />
        ))}
      </BlockStack>
    </BlockStack>
  </Card>
);
