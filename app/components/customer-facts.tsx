import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { CustomerView } from "#app/presenters/customer.ts";

/** A customer's figures at a glance. */
export const CustomerFacts = ({ customer }: { customer: CustomerView }): ReactNode => (
  <Card>
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        At a glance
      </Text>
      {customer.facts.map(({ label, value }) => (
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
