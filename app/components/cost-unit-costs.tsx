import { BlockStack, Button, Card, InlineStack, List, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { UnitCostsView } from "#app/presenters/cost-page.ts";
import { useDownload } from "./download.ts";

/** How many variants have no unit cost, which ones, and how to give them one. */
export const CostUnitCosts = ({ view }: { view: UnitCostsView }): ReactNode => {
  const exported = useDownload("/app/costs.csv", "unit-costs.csv");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Unit costs
        </Text>
        <Text as="p">{view.summary}</Text>
        {view.examples.length > 0 && (
          <BlockStack gap="100">
            <List>
              {view.examples.map((example) => (
                <List.Item key={example}>{example}</List.Item>
              ))}
            </List>
            {view.more && (
              <Text as="p" tone="subdued">
                {view.more}
              </Text>
            )}
          </BlockStack>
        )}
        <Text as="p" tone="subdued">
          Enter costs in Shopify and they hold from the day on which Pareto sees them; the first one also for all days
          before. Import a file to say what a unit cost when.
        </Text>
        <InlineStack gap="200">
          <Button onClick={exported.start} loading={exported.isBusy} disabled={view.isEmpty}>
            Export unit costs
          </Button>
          <Button url="/app/costs/import" disabled={view.isEmpty}>
            Import unit costs
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
};
