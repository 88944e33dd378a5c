import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

export interface FactView {
  readonly label: string;
  readonly value: string;
}

/** Figures with their names, under a heading; nothing where there are none. */
export const CustomerFacts = ({ title, facts }: { title: string; facts: readonly FactView[] }): ReactNode =>
  facts.length > 0 && (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {facts.map(({ label, value }) => (
          <InlineStack key={label} align="space-between" gap="200">
            <Text as="span" tone="subdued">
              {label}
            </Text>
            <Text as="span" numeric>
              {value}
            </Text>
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
