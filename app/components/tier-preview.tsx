import { BlockStack, Box, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useEffect, useRef, type ReactNode } from "react";
import type { PreviewView } from "#app/presenters/tier-runs.ts";
import { TierChange } from "./tier-badge.tsx";

/** Who would move if the policy were saved. Each preview is one of its own. */
export const TierPreview = ({ preview }: { preview: PreviewView }): ReactNode => {
  const top = useRef<HTMLDivElement>(null);
  // It stands below a long form: whoever asked for it is taken there.
  useEffect(() => {
    top.current?.focus({ preventScroll: true });
    top.current?.scrollIntoView({ behavior: "smooth", block: "start" });
  }, []);
  return (
    <div ref={top} tabIndex={-1} style={{ outline: "none" }}>
      <Card>
        <BlockStack gap="400">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              Preview
            </Text>
            <Text as="p" tone="subdued">
              {preview.policy} Nothing is saved yet.
            </Text>
            <Text as="p">
              {preview.counts}. {preview.borders}.
            </Text>
            <Text as="p" fontWeight="semibold">
              {preview.moved}
            </Text>
          </BlockStack>
          {preview.groups.map(({ from, to, text }) => (
            <InlineStack key={from + to} gap="300" blockAlign="center">
              <TierChange from={from} to={to} />
              <Text as="span">{text}</Text>
            </InlineStack>
          ))}
          {preview.movers.length > 0 && (
            <Box borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
              <BlockStack gap="200">
                {preview.movers.map(({ id, name, from, to, profit }) => (
                  <InlineStack key={id} align="space-between" blockAlign="center" gap="200">
                    <Link url={`/app/customers/${id}`} monochrome removeUnderline>
                      {name}
                    </Link>
                    <InlineStack gap="200" blockAlign="center">
                      <Text as="span" numeric tone="subdued">
                        {profit}
                      </Text>
                      <TierChange from={from} to={to} />
                    </InlineStack>
                  </InlineStack>
                ))}
                {preview.more && (
                  <Text as="p" tone="subdued">
                    {preview.more}
                  </Text>
                )}
              </BlockStack>
            </Box>
          )}
        </BlockStack>
      </Card>
    </div>
  );
};
