import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { CostImportView } from "#app/presenters/cost-import.ts";
import { useDownload } from "./download.ts";

type Seen = Exclude<CostImportView, { state: "refused" }>;

const CELL = { textAlign: "left", verticalAlign: "top", padding: "0.375rem 0.75rem 0.375rem 0" } as const;

/** The lines of a file that cannot be imported, each with its column and the reason; all of them as a file. */
export const CostFaults = ({
  view,
  title,
  bodyOf,
}: {
  view: Seen;
  title: string;
  bodyOf: () => FormData;
}): ReactNode => {
  const errors = useDownload("/app/costs/import-errors.csv", "import-errors.csv", bodyOf);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <Button onClick={errors.start} loading={errors.isBusy}>
            Save all as CSV
          </Button>
        </InlineStack>
        <div style={{ overflowX: "auto" }}>
          <table style={{ borderCollapse: "collapse", width: "100%" }}>
            <thead>
              <tr>
                {["Line", "Column", "Value", "Reason"].map((heading) => (
                  <th key={heading} scope="col" style={CELL}>
                    <Text as="span" fontWeight="semibold">
                      {heading}
                    </Text>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {view.faults.map(({ line, column, text, reason }) => (
                <tr key={`${line} ${column}`} style={{ borderTop: "1px solid #e3e3e3" }}>
                  <td style={CELL}>{line}</td>
                  <td style={CELL}>{column}</td>
                  <td style={{ ...CELL, overflowWrap: "anywhere" }}>{text}</td>
                  <td style={CELL}>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {view.more && <Text as="p">{view.more}</Text>}
      </BlockStack>
    </Card>
  );
};
