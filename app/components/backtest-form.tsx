import { Form, useActionData, useNavigation } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { useState, type ReactNode } from "react";

interface Version {
  readonly version: number;
  readonly title: string;
}

const WINDOWS = [
  { label: "All orders", value: "all" },
  { label: "Orders of the last days", value: "days" },
];

interface Answer {
  readonly ok: boolean;
  readonly message?: string;
  readonly field?: "days";
}

/** On which orders: all, or those of so many days. */
const Orders = ({ fault }: { fault: string | undefined }): ReactNode => {
  const [orders, setOrders] = useState("all");
  const [days, setDays] = useState("365");
  return (
    <>
      <Select label="Orders" name="orders" options={WINDOWS} value={orders} onChange={setOrders} />
      {orders === "days" && (
        <TextField
          label="Days"
          name="days"
          type="number"
          min={1}
          suffix="days"
          value={days}
          onChange={setDays}
          autoComplete="off"
          {...(fault === undefined ? {} : { error: fault })}
        />
      )}
    </>
  );
};

/** Which plan is tried, and on which orders. */
export const BacktestForm = ({ versions }: { versions: readonly Version[] }): ReactNode => {
  const answer = useActionData<Answer>();
  const navigation = useNavigation();
  const [version, setVersion] = useState(String(versions[0]?.version ?? ""));
  const fault = answer?.ok === false ? answer : undefined;
  const options = versions.map((one, index) => ({
    label: `Version ${one.version}${index === 0 ? ", the latest" : ""}: ${one.title}`,
    value: String(one.version),
  }));
  return (
    <Card>
      {/* What is wrong with the days is said at their field, and not by the browser. */}
      <Form method="post" noValidate>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Try a plan on past orders
          </Text>
          {fault && fault.field === undefined && (
            <Banner tone="critical">
              <p>{fault.message}</p>
            </Banner>
          )}
          <input type="hidden" name="intent" value="start" />
          <FormLayout>
            <Select label="Plan" name="version" options={options} value={version} onChange={setVersion} />
            <Orders fault={fault?.field === "days" ? fault.message : undefined} />
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
