import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { ScopeView, StatusLine, TopicView } from "#app/presenters/status.ts";

const SAID = { success: "Fine", info: "Note", warning: "Late", critical: "Failed" } as const;

/** One line for each thing that may go wrong, with how it is. */
export const StatusLines = ({ lines }: { lines: readonly StatusLine[] }): ReactNode => (
  <Card>
    <BlockStack gap="400">
      {lines.map(({ label, text, tone }) => (
        <InlineStack key={label} align="space-between" blockAlign="start" gap="200" wrap={false}>
          <BlockStack>
            <Text as="h2" variant="bodyMd" fontWeight="semibold">
              {label}
            </Text>
            <Text as="p" tone="subdued" breakWord>
              {text}
            </Text>
          </BlockStack>
          <Badge tone={tone}>{SAID[tone]}</Badge>
        </InlineStack>
      ))}
    </BlockStack>
  </Card>
);

/** When webhooks of each topic last came in. */
export const StatusTopics = ({ topics }: { topics: readonly TopicView[] }): ReactNode => (
  <Card>
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        Webhooks
      </Text>
      {topics.length === 0 ? (
        <Text as="p" tone="subdued">
          None has come in yet. The first one comes with the next change in the shop.
        </Text>
      ) : (
        topics.map(({ topic, lastAt, lately }) => (
          <InlineStack key={topic} align="space-between" blockAlign="start" gap="100">
            <Text as="span">{topic}</Text>
            <Text as="span" tone="subdued">
              {lately} in 24 hours, last {lastAt}
            </Text>
          </InlineStack>
        ))
      )}
    </BlockStack>
  </Card>
);

/** What the app asked for, why, and what was not granted. */
export const StatusScopes = ({ scopes }: { scopes: readonly ScopeView[] }): ReactNode => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">
        Access
      </Text>
      {scopes.map(({ scope, why, isGranted }) => (
        <InlineStack key={scope} align="space-between" blockAlign="start" gap="200" wrap={false}>
          <BlockStack>
            <Text as="h3" variant="bodyMd" breakWord>
              {scope}
            </Text>
            <Text as="p" variant="bodySm" tone="subdued">
              {why}
            </Text>
          </BlockStack>
          <Badge {...(isGranted ? { tone: "success" as const } : { tone: "attention" as const })}>
            {isGranted ? "Granted" : "Missing"}
          </Badge>
        </InlineStack>
      ))}
    </BlockStack>
  </Card>
);
