import { BlockStack, Box, InlineStack, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { LatePayerView } from "#app/presenters/terms.ts";

/** Who pays later than agreed, the latest first: days beyond terms, weighted by amount, over the last year. */
export const TermsLate = ({ rows }: { rows: readonly LatePayerView[] }): ReactNode => (
  <Box padding="400">
    <BlockStack gap="300">
      <Text as="p" tone="subdued">
        Days beyond terms over the invoices of the last 365 days, weighted by amount. Open invoices count to today.
      </Text>
      {rows.length === 0 && <Text as="p">Everybody has paid in time.</Text>}
      {rows.map((row) => (
        <Box key={row.id} borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
          <InlineStack align="space-between" gap="200">
            <BlockStack>
              <Link url={row.customerUrl} monochrome removeUnderline>
                <Text as="span" fontWeight="semibold">
                  {row.customer}
                </Text>
              </Link>
              <Text as="span" variant="bodySm" tone="subdued">
                {row.invoices}, {row.overdue} overdue
              </Text>
            </BlockStack>
            <Text as="span" numeric fontWeight="semibold">
              {row.days}
            </Text>
          </InlineStack>
        </Box>
      ))}
    </BlockStack>
  </Box>
);
