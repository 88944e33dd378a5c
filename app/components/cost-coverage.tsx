import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { CoverageView } from "#app/presenters/cost-coverage.ts";

/** How much of the goods sold has a known cost, and between what and what profit lies by what the rest costs. */
export const CostCoverage = ({ coverage }: { coverage: CoverageView | null }): ReactNode => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">
        Cost coverage
      </Text>
      {coverage === null ? (
        <Text as="p">As soon as your orders are read, this says how much of what you sold has a known unit cost.</Text>
      ) : (
        <>
          <Text as="p" variant="headingLg">
            {coverage.share}
          </Text>
          <Text as="p">{coverage.detail}</Text>
          {coverage.range.map(({ label, amount }) => (
            <InlineStack key={label} align="space-between" gap="200">
              <Text as="span">{label}</Text>
              <Text as="span" numeric fontWeight="semibold">
                {amount}
              </Text>
            </InlineStack>
          ))}
        </>
      )}
    </BlockStack>
  </Card>
);
