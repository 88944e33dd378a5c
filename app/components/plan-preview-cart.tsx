import { Badge, BlockStack, Box, Card, InlineStack, List, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { PreviewLineView, PreviewView } from "#app/presenters/plan-preview.ts";

const Line = ({ line }: { line: PreviewLineView }): ReactNode => (
  <Box borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="start" gap="200">
        <BlockStack gap="050">
          <Text as="h3" variant="bodyMd" fontWeight="semibold">
            {line.quantity} x {line.title}
          </Text>
          <Text as="p" tone="subdued">
            {line.price} each. {line.margin}.
          </Text>
        </BlockStack>
        <BlockStack gap="050" inlineAlign="end">
          <Text as="p" fontWeight="semibold">
            {line.total}
          </Text>
          <Text as="p" tone={line.discount === "None" ? "subdued" : "success"}>
            {line.discount}
          </Text>
        </BlockStack>
      </InlineStack>
      {line.message !== null && (
        <InlineStack>
          <Badge tone="success">{line.message}</Badge>
        </InlineStack>
      )}
      <List>
        {line.parts.map(({ name, says }) => (
          <List.Item key={name}>
            {name}: {says}
          </List.Item>
        ))}
        {line.limits.map((limit) => (
          <List.Item key={limit}>{limit}</List.Item>
        ))}
      </List>
    </BlockStack>
  </Box>
);

/** A cart as the plan prices it, line by line with the reasons. */
export const PlanPreviewCart = ({ preview }: { preview: PreviewView }): ReactNode => (
  <Card>
    <BlockStack gap="300">
      <InlineStack align="space-between" blockAlign="center">
        <Text as="h2" variant="headingMd">
          At checkout
        </Text>
        <Badge>{preview.version}</Badge>
      </InlineStack>
      <Text as="p" tone="subdued">
        {preview.buyer}
      </Text>
      {preview.lines.map((line, index) => (
        <Line key={`${index} ${line.title}`} line={line} />
      ))}
      <Box borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
        <InlineStack align="space-between">
          <Text as="p" fontWeight="semibold">
            Total, without shipping and tax
          </Text>
          <Text as="p" fontWeight="semibold">
            {preview.total} ({preview.saved} saved)
          </Text>
        </InlineStack>
      </Box>
    </BlockStack>
  </Card>
);
