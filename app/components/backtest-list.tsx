import { Form } from "@remix-run/react";
import { Badge, BlockStack, Box, Button, Card, InlineStack, Link, ProgressBar, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { BacktestView } from "#app/presenters/backtest.ts";
import {
  BacktestDeletionConfirmation,
  BACKTESTS_HEADING,
  backtestRow,
  useBacktestDeletion,
  type BacktestDeletion,
} from "./backtest-deletion.tsx";

const TONES = {
  waiting: { tone: "attention" },
  running: { tone: "info" },
  finished: { tone: "success" },
  cancelled: {},
} as const;

const Cancel = ({ test }: { test: BacktestView }): ReactNode => (
  <Form method="post">
    <input type="hidden" name="intent" value="cancel" />
    <input type="hidden" name="id" value={test.id} />
    <Button submit size="slim" accessibilityLabel={`Cancel: ${test.title}`}>
      Cancel
    </Button>
  </Form>
);

const Test = ({ test, deletion }: { test: BacktestView; deletion: BacktestDeletion }): ReactNode => (
  <Box id={backtestRow(test.id)} borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Link url={`/app/discounts/backtest/${test.id}`}>{test.title}</Link>
        <Badge {...TONES[test.status]}>{test.label}</Badge>
      </InlineStack>
      {test.isOpen && <ProgressBar progress={test.percent} size="small" />}
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="span">{test.progress}</Text>
        {test.isOpen ? (
          <Cancel test={test} />
        ) : (
          <Button
            size="slim"
            accessibilityLabel={`Delete: ${test.title}`}
            disabled={deletion.isBusy}
            onClick={() => deletion.ask(test)}
          >
            Delete
          </Button>
        )}
      </InlineStack>
    </BlockStack>
  </Box>
);

/** The back-tests that there are, latest first. */
export const BacktestList = ({ tests }: { tests: readonly BacktestView[] }): ReactNode => {
  const deletion = useBacktestDeletion(tests);
  return (
    <Card>
      <BlockStack gap="300">
        <div id={BACKTESTS_HEADING} tabIndex={-1}>
          <Text as="h2" variant="headingMd">
            Back-tests
          </Text>
        </div>
        {tests.length === 0 && (
          <Text as="p" tone="subdued">
            None yet. Each one is kept here until you delete it, and two can be put side by side.
          </Text>
        )}
        {tests.map((test) => (
          <Test key={test.id} test={test} deletion={deletion} />
        ))}
      </BlockStack>
      <BacktestDeletionConfirmation deletion={deletion} />
    </Card>
  );
};
