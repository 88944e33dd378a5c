import { Form, useActionData, useNavigation } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { useState, type ReactNode } from "react";

interface Version {
  readonly version: number;
  readonly title: string;
}

const WINDOWS = [
  { label: "All orders", value: "" },
  { label: "Orders of the last days", value: "days" },
];

/** Which plan is tried, and on which orders. */
export const BacktestForm = ({ versions }: { versions: readonly Version[] }): ReactNode => {
  const answer = useActionData<{ ok: boolean; message?: string }>();
  const navigation = useNavigation();
  const [version, setVersion] = useState(String(versions[0]?.version ?? ""));
  const [isLimited, setLimited] = useState("");
  const [days, setDays] = useState("365");
  const options = versions.map((one, index) => ({
    label: `Version ${one.version}${index === 0 ? ", the latest" : ""}: ${one.title}`,
    value: String(one.version),
  }));
  return (
    <Card>
      <Form method="post">
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Try a plan on past orders
          </Text>
          {answer?.ok === false && (
            <Banner tone="critical">
              <p>{answer.message}</p>
            </Banner>
          )}
          <input type="hidden" name="intent" value="start" />
          <input type="hidden" name="days" value={isLimited === "" ? "" : days} />
          <FormLayout>
            <Select label="Plan" name="version" options={options} value={version} onChange={setVersion} />
            <Select label="Orders" options={WINDOWS} value={isLimited} onChange={setLimited} />
            {isLimited !== "" && (
              <TextField label="Days" type="number" min={1} value={days} onChange={setDays} autoComplete="off" />
            )}
          </FormLayout>
          <InlineStack align="end">
            <Button submit variant="primary" loading={navigation.state === "submitting"}>
              Start
            </Button>
          </InlineStack>
        </BlockStack>
      </Form>
    </Card>
  );
};
