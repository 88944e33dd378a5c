import { BlockStack, Box, Card, InlineStack, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { CustomerView } from "#app/presenters/customer.ts";
import type { CustomerMoveView } from "#app/presenters/tier-standing.ts";
import { FlagBadges, TierChange } from "./tier-badge.tsx";
import { MoveReasons } from "./tier-moves.tsx";

/** Why a customer is in its tier, and what its flags mean. */
export const WhyTier = ({ customer }: { customer: CustomerView }): ReactNode => (
  <Card>
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        Why tier {customer.tier}
      </Text>
      {customer.why.map((reason) => (
        <Text as="p" key={reason}>
          {reason}
        </Text>
      ))}
      {customer.flags.map(({ flag, meaning }) => (
        <InlineStack key={flag} gap="200" blockAlign="center" wrap={false}>
          <FlagBadges flags={[flag]} />
          <Text as="span" variant="bodySm" tone="subdued">
            {meaning}
          </Text>
        </InlineStack>
      ))}
    </BlockStack>
  </Card>
);

/** A customer's changes of tier, latest first, each with its reasons. */
export const CustomerMoves = ({ moves }: { moves: readonly CustomerMoveView[] }): ReactNode => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">
        Changes of tier
      </Text>
      {moves.length === 0 && (
        <Text as="p" tone="subdued">
          It has not changed tier since it was first put into one.
        </Text>
      )}
      {moves.map((move) => (
        <Box key={move.runId} borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
          <BlockStack gap="200">
            <InlineStack align="space-between" blockAlign="center" gap="200">
              <Link url={`/app/tiers/${move.runId}`}>{move.asOf}</Link>
              <TierChange from={move.from} to={move.to} />
            </InlineStack>
            <MoveReasons move={move} />
          </BlockStack>
        </Box>
      ))}
    </BlockStack>
  </Card>
);
