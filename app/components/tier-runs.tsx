import { Badge, BlockStack, Box, Card, InlineStack, Link, Spinner, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { Pages } from "./pages.tsx";
import type { PagerView } from "#app/presenters/pager.ts";
import type { RunView } from "#app/presenters/tier-runs.ts";

const Run = ({ run }: { run: RunView }): ReactNode => (
  <Box borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Link url={`/app/tiers/${run.id}`} accessibilityLabel={`Run of ${run.asOf}`}>
          {run.asOf}
        </Link>
        {run.policyChanged && <Badge tone="info">New policy</Badge>}
      </InlineStack>
      <Text as="p">
        {run.counts}: {run.moved}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {run.borders}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {run.policy}
      </Text>
    </BlockStack>
  </Box>
);

interface Props {
  readonly runs: readonly RunView[];
  readonly pager: PagerView;
  /** Whether another run is on its way. */
  readonly isWorking: boolean;
}

/** The history of runs, latest first. */
export const TierRuns = ({ runs, pager, isWorking }: Props): ReactNode => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">
        History
      </Text>
      {isWorking && (
        <InlineStack gap="200" blockAlign="center">
          <Spinner size="small" />
          <Text as="p">Tiers are being worked out by the new policy.</Text>
        </InlineStack>
      )}
      {runs.length === 0 && (
        <Text as="p" tone="subdued">
          The first run follows the first sync. Every run shows up here, with who moved and why.
        </Text>
      )}
      {runs.map((run) => (
        <Run key={run.id} run={run} />
      ))}
      <Pages pager={pager} />
    </BlockStack>
  </Card>
);
