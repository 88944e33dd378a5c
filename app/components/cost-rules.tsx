import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, List, Text } from "@shopify/polaris";
import { useRef, type ChangeEvent, type ReactNode } from "react";
import type { RulesView, RuleView } from "#app/presenters/cost-rules.ts";
import type { RuleRemoval } from "./cost-removal.tsx";
import { useDownload } from "./download.ts";

interface RemovableProps {
  readonly rule: RuleView;
  readonly version: number;
  readonly removal: RuleRemoval;
}

/** A button that asks whether a rule is to be taken out of the list. */
export const RemoveRule = ({ rule, version, removal, name }: RemovableProps & { readonly name: string }): ReactNode => (
  <Button
    variant="plain"
    tone="critical"
    disabled={removal.isBusy}
    accessibilityLabel={`Remove ${name}`}
    onClick={() => removal.ask({ place: rule.place, version, name })}
  >
    Remove
  </Button>
);

const Charge = ({ rule, version, removal }: RemovableProps): ReactNode => (
  <InlineStack align="space-between" blockAlign="start" gap="200">
    <BlockStack>
      <Text as="h3" variant="bodyMd" fontWeight="semibold">
        {rule.label}
      </Text>
      <Text as="p" breakWord>
        {rule.text}
      </Text>
    </BlockStack>
    <InlineStack gap="300">
      <Button
        variant="plain"
        url={`/app/costs/rule?place=${rule.place}`}
        accessibilityLabel={`Edit ${rule.label}: ${rule.text}`}
      >
        Edit
      </Button>
      <RemoveRule rule={rule} version={version} removal={removal} name={`${rule.label}: ${rule.text}`} />
    </InlineStack>
  </InlineStack>
);

interface Answer {
  readonly ok: boolean;
  readonly faults?: readonly string[];
}

/** All rules as a JSON file, and back: a list that comes back takes the place of all. */
const RulesFile = (): ReactNode => {
  const saved = useDownload("/app/costs/rules.json", "cost-rules.json");
  const fetcher = useFetcher<Answer>();
  const input = useRef<HTMLInputElement>(null);
  const read = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = event.target.files ?? [];
    if (!file) return;
    const text = await file.text();
    // So that the same file can be chosen again once it is corrected.
    if (input.current) input.current.value = "";
    fetcher.submit(text, { method: "post", action: "/app/costs/rules.json", encType: "text/plain" });
  };
  return (
    <BlockStack gap="200">
      <div aria-live="polite">
        {fetcher.state === "idle" && fetcher.data?.ok === false && (
          <Banner tone="critical" title="The file was not taken, and the rules are as they were">
            <List>
              {fetcher.data.faults?.slice(0, 20).map((fault) => (
                <List.Item key={fault}>{fault}</List.Item>
              ))}
            </List>
          </Banner>
        )}
        {fetcher.state === "idle" && fetcher.data?.ok && (
          <Banner tone="success" title="The rules of the file hold now" />
        )}
      </div>
      <InlineStack gap="200">
        <Button variant="plain" onClick={saved.start} loading={saved.isBusy}>
          Save rules as a file
        </Button>
        <Button variant="plain" onClick={() => input.current?.click()} loading={fetcher.state !== "idle"}>
          Replace them by a file
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".json,application/json"
          aria-label="File of rules"
          onChange={(event) => void read(event)}
        />
      </InlineStack>
    </BlockStack>
  );
};

/** The costs that orders are charged with by rule, in words. */
export const CostRulesCard = ({ rules, removal }: { rules: RulesView; removal: RuleRemoval }): ReactNode => (
  <Card>
    <BlockStack gap="400">
      <InlineStack align="space-between" blockAlign="center">
        <Text as="h2" variant="headingMd">
          Cost rules
        </Text>
        <Button url="/app/costs/rule">Add rule</Button>
      </InlineStack>
      <Text as="p" tone="subdued">
        What orders cost beside their goods. Rules with different conditions add up; of those with the same condition
        the one that started last holds.
      </Text>
      {rules.charges.length === 0 && (
        <Text as="p">There are no rules yet: profit counts goods, shipping charged and payment fees alone.</Text>
      )}
      {rules.charges.map((rule) => (
        <Charge key={rule.place} rule={rule} version={rules.version} removal={removal} />
      ))}
      <RulesFile />
    </BlockStack>
  </Card>
);
