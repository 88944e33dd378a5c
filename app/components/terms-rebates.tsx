import { Form } from "@remix-run/react";
import { Badge, BlockStack, Box, Button, InlineStack, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { RebateView } from "#app/presenters/terms.ts";

interface ActProps {
  readonly rebate: RebateView;
  readonly intent: "confirm" | "give" | "dismiss";
  readonly children: string;
}

const Act = ({ rebate, intent, children }: ActProps): ReactNode => (
  <Form method="post">
    <input type="hidden" name="intent" value={intent} />
    <input type="hidden" name="order" value={rebate.order} />
    <Button submit accessibilityLabel={`${children}: ${rebate.title}`}>
      {children}
    </Button>
  </Form>
);

const Rebate = ({ rebate }: { rebate: RebateView }): ReactNode => (
  <Box borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="start" gap="200">
        <Box maxWidth="100%">
          <InlineStack gap="200" blockAlign="center">
            <Link url={rebate.customerUrl ?? `shopify://admin/orders/${rebate.order}`} monochrome>
              {rebate.title}
            </Link>
            <Badge tone={rebate.tone}>{rebate.status}</Badge>
          </InlineStack>
        </Box>
        <Text as="span" numeric fontWeight="semibold">
          {rebate.amount}
        </Text>
      </InlineStack>
      {rebate.details.map((detail) => (
        <Text key={detail} as="p" variant="bodySm" tone="subdued" breakWord>
          {detail}
        </Text>
      ))}
      {rebate.canDismiss && (
        <InlineStack gap="200">
          {rebate.canConfirm && (
            <Act rebate={rebate} intent="confirm">
              It was given
            </Act>
          )}
          {rebate.canGive && (
            <Act rebate={rebate} intent="give">
              Give it now
            </Act>
          )}
          <Act rebate={rebate} intent="dismiss">
            Dismiss
          </Act>
        </InlineStack>
      )}
    </BlockStack>
  </Box>
);

/** Discounts for early payment: what waits for a person first, each with what can be done about it. */
export const TermsRebates = ({ rows }: { rows: readonly RebateView[] }): ReactNode => (
  <Box padding="400">
    <BlockStack gap="300">
      {rows.length === 0 && (
        <Text as="p" tone="subdued">
          Nothing has been earned yet. Whoever pays an invoice early under a published plan shows up here.
        </Text>
      )}
      {rows.map((rebate) => (
        <Rebate key={rebate.order} rebate={rebate} />
      ))}
    </BlockStack>
  </Box>
);
