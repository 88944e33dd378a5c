import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Badge, BlockStack, Box, Button, Card, InlineStack, List, Banner, Text } from "@shopify/polaris";
import { useEffect, type ReactNode } from "react";
import type { PlanFault } from "#app/core/plan/plan-reader.ts";
import { faultInWords } from "#app/presenters/plan-faults.ts";
import type { PlanAnswer } from "#app/presenters/plan-page.ts";
import type { VersionView } from "#app/presenters/plan.ts";

interface VersionProps {
  readonly version: VersionView;
  readonly isLatest: boolean;
  readonly isBusy: boolean;
  readonly isBlocked: boolean;
  readonly restore: () => void;
}

const Version = ({ version, isLatest, isBusy, isBlocked, restore }: VersionProps): ReactNode => (
  <Box borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
    <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
      <BlockStack gap="050">
        <Text as="h3" variant="bodyMd" fontWeight="semibold">
          Version {version.version}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued" breakWord>
          {version.text}
        </Text>
      </BlockStack>
      {isLatest ? (
        <Badge>Latest</Badge>
      ) : (
        <Button
          accessibilityLabel={`Restore version ${version.version}`}
          disabled={isBlocked}
          loading={isBusy}
          onClick={restore}
        >
          Restore
        </Button>
      )}
    </InlineStack>
  </Box>
);

const Refused = ({ faults }: { faults: readonly PlanFault[] }): ReactNode => (
  <Banner tone="critical" title="This version could not be restored">
    <List>
      {faults.map(faultInWords).map((text) => (
        <List.Item key={text}>{text}</List.Item>
      ))}
    </List>
  </Banner>
);

interface Props {
  readonly versions: readonly VersionView[];
  /** Something is typed that is not saved: restoring would pass it by. */
  readonly isDirty: boolean;
}

/** The plan as it was saved, latest first. */
export const PlanVersions = ({ versions, isDirty }: Props): ReactNode => {
  const shopify = useAppBridge();
  const fetcher = useFetcher<PlanAnswer>();
  const { data } = fetcher;
  useEffect(() => {
    if (data?.kind === "saved") shopify.toast.show(`Restored as version ${data.version}`);
  }, [data, shopify]);
  if (versions.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            History
          </Text>
          <Text as="p" tone="subdued">
            {isDirty
              ? "Save or discard your changes to restore a version."
              : "A version that is restored becomes the latest one, to be published again."}
          </Text>
        </BlockStack>
        {data?.kind === "refused" && <Refused faults={data.faults} />}
        {versions.map((version, index) => (
          <Version
            key={version.version}
            version={version}
            isLatest={index === 0}
            isBlocked={isDirty || fetcher.state !== "idle"}
            isBusy={fetcher.formData?.get("version") === String(version.version)}
            restore={() => fetcher.submit({ intent: "restore", version: String(version.version) }, { method: "post" })}
          />
        ))}
      </BlockStack>
    </Card>
  );
};
