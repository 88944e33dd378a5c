import { Form, useNavigation } from "@remix-run/react";
import { BlockStack, Button, ChoiceList, InlineStack, TextField } from "@shopify/polaris";
import { useState, type ReactNode } from "react";
import type { TierWindow } from "#app/core/tiers/policy.ts";

const DEFAULT_DAYS = "365";

/** Which days count: the last so many, or all. */
export const WindowForm = ({ window, error }: { window: TierWindow; error: string | null }): ReactNode => {
  const navigation = useNavigation();
  const [kind, setKind] = useState<string>(window.kind);
  const [days, setDays] = useState(window.kind === "days" ? String(window.days) : DEFAULT_DAYS);
  return (
    <Form method="post">
      <BlockStack gap="400">
        <input type="hidden" name="window" value={kind} />
        <ChoiceList
          title="Count"
          selected={[kind]}
          onChange={([chosen]: string[]) => setKind(chosen ?? "days")}
          choices={[
            { label: "A number of days until today", value: "days" },
            { label: "All time", value: "all" },
          ]}
        />
        {kind === "days" && (
          <TextField
            label="Days"
            name="days"
            type="number"
            min={1}
            autoComplete="off"
            value={days}
            onChange={setDays}
            {...(error === null ? {} : { error })}
          />
        )}
        <InlineStack align="end">
          <Button submit variant="primary" loading={navigation.state === "submitting"}>
            Save
          </Button>
        </InlineStack>
      </BlockStack>
    </Form>
  );
};
