import { BlockStack, Box, Button, Card, InlineGrid, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { EMPTY_PLAN } from "#app/core/plan/plan.ts";
import type { PlanJson } from "#app/core/plan/plan-json.ts";
import { planStarts } from "#app/presenters/plan-starts.ts";

const EMPTY: PlanJson = { title: EMPTY_PLAN.title, parts: [] };

interface Props {
  readonly currency: string;
  readonly fill: (plan: PlanJson) => void;
}

/** What a plan is, and something to start from. */
export const PlanStarts = ({ currency, fill }: Props): ReactNode => (
  <BlockStack gap="400">
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          There is no discount plan yet
        </Text>
        <Text as="p">
          A plan says which discounts your customers get by themselves at checkout: by how much they buy at once, by how
          much they have bought, by their tier. It is one automatic discount at Shopify, and keeps the margin that you
          set.
        </Text>
      </BlockStack>
    </Card>
    <InlineGrid columns={{ xs: 1, md: 3 }} gap="400">
      {planStarts(currency).map(({ name, about, plan }) => (
        <Card key={name}>
          <BlockStack gap="300">
            <Text as="h3" variant="headingSm">
              {name}
            </Text>
            <Text as="p" tone="subdued">
              {about}
            </Text>
            <InlineStack>
              <Button accessibilityLabel={`Start from: ${name}`} onClick={() => fill(plan)}>
                Start from this
              </Button>
            </InlineStack>
          </BlockStack>
        </Card>
      ))}
    </InlineGrid>
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <Button variant="plain" onClick={() => fill(EMPTY)}>
        Start from an empty plan
      </Button>
    </Box>
  </BlockStack>
);
