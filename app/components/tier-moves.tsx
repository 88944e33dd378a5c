import { BlockStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { MoveView } from "#app/presenters/tier-why.ts";

/** What moved a customer, and what would move it back. */
export const MoveReasons = ({ move }: { move: MoveView }): ReactNode => (
  <BlockStack gap="100">
    <Text as="p">{move.cause}</Text>
    {move.details.map((detail) => (
      <Text as="p" key={detail} tone="subdued">
        {detail}
      </Text>
    ))}
    {move.undo && <Text as="p">{move.undo}</Text>}
  </BlockStack>
);
