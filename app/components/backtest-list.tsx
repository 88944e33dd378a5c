import { Form } from "@remix-run/react";
import { Badge, BlockStack, Box, Button, Card, InlineStack, Link, ProgressBar, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { BacktestView } from "#app/presenters/backtest.ts";

const TONES = {
  waiting: { tone: "attention" },
  running: { tone: "info" },
  finished: { tone: "success" },
  cancelled: {},
} as const;

const Press = ({ test, intent, children }: { test: BacktestView; intent: string; children: string }): ReactNode => (
  <Form method="post">
    <input type="hidden" name="intent" value={intent} />
    <input type="hidden" name="id" value={test.id} />
    <Button submit size="slim" accessibilityLabel={`${children}: ${test.title}`}>
      {children}
    </Button>
  </Form>
);

const Test = ({ test }: { test: BacktestView }): ReactNode => (
  <Box borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Link url={`/app/discounts/backtest/${test.id}`}>{test.title}</Link>
        <Badge {...TONES[test.status]}>{test.label}</Badge>
      </InlineStack>
      {test.isOpen && <ProgressBar progress={test.percent} size="small" />}
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <BlockStack>
          <Text as="span">{test.progress}</Text>
          <Text as="span" variant="bodySm" tone="subdued">
            {test.about}
          </Text>
        </BlockStack>
        {test.isOpen ? (
          <Press test={test} intent="cancel">
            Cancel
          </Press>
        ) : (
          <Press test={test} intent="delete">
            Delete
          </Press>
        )}
      </InlineStack>
    </BlockStack>
  </Box>
);

/** The back-tests that there are, latest first. */
export const BacktestList = ({ tests }: { tests: readonly BacktestView[] }): ReactNode => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">
        Back-tests
      </Text>
      {tests.length === 0 && (
        <Text as="p" tone="subdued">
          None yet. Each one is kept here until you delete it, and two can be put side by side.
        </Text>
      )}
      {tests.map((test) => (
        <Test key={test.id} test={test} />
      ))}
    </BlockStack>
  </Card>
);
