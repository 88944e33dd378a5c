import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, DropZone, InlineStack, List, Text } from "@shopify/polaris";
import { useCallback, useState, type ReactNode } from "react";
import type { CostImportView } from "#app/presenters/cost-import.ts";
import { CostFaults } from "./cost-faults.tsx";

const MB = 1024 * 1024;
const MOST_MB = 5;

const formOf = (file: File | null, confirmed = ""): FormData => {
  const form = new FormData();
  if (file) form.set("file", file);
  form.set("confirmed", confirmed);
  return form;
};

const Help = ({ currency }: { currency: string }): ReactNode => (
  <BlockStack gap="200">
    <Text as="p">
      A CSV file with a header. Export the unit costs for one that is filled in already, or make your own with these
      columns:
    </Text>
    <List>
      <List.Item>
        <b>variant_id</b> or <b>sku</b>: whose cost it is. An SKU has to be one variant&apos;s alone; the variant_id
        counts where both are given.
      </List.Item>
      <List.Item>
        <b>unit_cost</b>: for one unit, such as 12.50, in {currency}. Blank: unknown from that day on.
      </List.Item>
      <List.Item>
        <b>from</b>: the first day on which it holds, such as 2025-01-31. Blank: for all time. It holds until a later
        line, or until the cost changes at Shopify.
      </List.Item>
      <List.Item>
        <b>product</b>, <b>variant</b>, <b>currency</b> and <b>source</b> may be there too.
      </List.Item>
    </List>
    <Text as="p" tone="subdued">
      Up to 5 MB and 100,000 lines. Nothing is written before you have seen what would change.
    </Text>
  </BlockStack>
);

const Chooser = ({ file, choose }: { file: File | null; choose: (file: File) => void }): ReactNode => (
  <BlockStack gap="200">
    <DropZone
      label="CSV file"
      accept=".csv,text/csv,text/plain"
      type="file"
      allowMultiple={false}
      variableHeight
      onDrop={([chosen]) => chosen && choose(chosen)}
    >
      <DropZone.FileUpload actionTitle={file ? "Choose another file" : "Choose file"} actionHint="or drop it here" />
    </DropZone>
    {file && (
      <Text as="p" breakWord>
        {file.name}
      </Text>
    )}
  </BlockStack>
);

const Refused = ({ reasons }: { reasons: readonly string[] }): ReactNode => (
  <Banner tone="critical" title="This file cannot be read">
    <List>
      {reasons.map((reason) => (
        <List.Item key={reason}>{reason}</List.Item>
      ))}
    </List>
  </Banner>
);

type Seen = Exclude<CostImportView, { state: "refused" }>;

const Outcome = (props: { view: Seen; bodyOf: () => FormData; importIt: () => void }): ReactNode => {
  const { view, bodyOf, importIt } = props;
  const isImported = view.state === "imported";
  return (
    <BlockStack gap="400">
      <Banner tone={view.tone} title={view.title}>
        <BlockStack gap="200">
          <p>{view.summary}</p>
          {view.overtaken && <p>{view.overtaken}</p>}
        </BlockStack>
      </Banner>
      {view.bad && <CostFaults view={view} title={view.bad} bodyOf={bodyOf} />}
      <InlineStack align="end" gap="200">
        {view.confirm && (
          <Button variant="primary" onClick={importIt}>
            {view.confirm}
          </Button>
        )}
        {isImported && <Button url="/app/costs">Back to costs</Button>}
      </InlineStack>
    </BlockStack>
  );
};

/** Choose a file, see what it would do line by line, and import what is good of it. */
export const CostImport = ({ currency }: { currency: string }): ReactNode => {
  const fetcher = useFetcher<CostImportView>();
  const [file, setFile] = useState<File | null>(null);
  const [isTooLarge, setTooLarge] = useState(false);
  const send = (chosen: File | null, confirmed?: string): void =>
    fetcher.submit(formOf(chosen, confirmed), { method: "post", encType: "multipart/form-data" });
  const choose = (chosen: File): void => {
    setFile(chosen);
    setTooLarge(chosen.size > MOST_MB * MB);
    if (chosen.size <= MOST_MB * MB) send(chosen);
  };
  const bodyOf = useCallback(() => formOf(file), [file]);
  const isBusy = fetcher.state !== "idle";
  const view = isTooLarge || isBusy ? undefined : fetcher.data;
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="400">
          <Help currency={currency} />
          <Chooser file={file} choose={choose} />
        </BlockStack>
      </Card>
      <div aria-live="polite">
        {isTooLarge && <Refused reasons={[`The file is larger than ${MOST_MB} MB: split it.`]} />}
        {isBusy && <Text as="p">Looking at the file …</Text>}
        {view?.state === "refused" && <Refused reasons={view.reasons} />}
        {view && view.state !== "refused" && (
          <Outcome view={view} bodyOf={bodyOf} importIt={() => send(file, view.digest)} />
        )}
      </div>
    </BlockStack>
  );
};
