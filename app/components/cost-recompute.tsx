import { Banner, BlockStack, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { SyncView } from "#app/presenters/sync.ts";

/** Profit worked out anew by other costs: how far it is, or that it has failed. Nothing once it is done. */
export const CostRecompute = ({ work }: { work: SyncView }): ReactNode => {
  if (work.state === "finished") return null;
  if (work.failure) {
    return (
      <Banner tone="critical" title="Profit could not be worked out again">
        <p>The costs are saved, and profit and tiers are as they were before. It is tried again by itself.</p>
      </Banner>
    );
  }
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack align="space-between">
          <Text as="h2" variant="headingMd" id="recompute-progress">
            Working out profit again
          </Text>
          <Text as="span" variant="headingMd">
            {work.percent} %
          </Text>
        </InlineStack>
        <ProgressBar progress={work.percent} size="small" tone="success" ariaLabelledBy="recompute-progress" />
        <Text as="p" tone="subdued">
          Until it is done, profit and tiers are those of the costs before. You can leave this page.
        </Text>
      </BlockStack>
    </Card>
  );
};
