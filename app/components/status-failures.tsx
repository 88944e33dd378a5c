import { Form } from "@remix-run/react";
import { BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { FailedJobView, SetAsideView } from "#app/presenters/status.ts";

const Retry = ({
  fields,
  label,
  children,
}: {
  fields: Record<string, string>;
  label: string;
  children: string;
}): ReactNode => (
  <Form method="post">
    {Object.entries(fields).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    <Button submit accessibilityLabel={label}>
      {children}
    </Button>
  </Form>
);

interface FailureProps {
  readonly title: string;
  readonly why: string;
  readonly when: string;
  readonly children: ReactNode;
}

const Failure = ({ title, why, when, children }: FailureProps): ReactNode => (
  <Box borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
    <InlineStack align="space-between" blockAlign="start" gap="300">
      <Box maxWidth="100%">
        <BlockStack gap="050">
          <Text as="h3" variant="bodyMd" fontWeight="semibold">
            {title}
          </Text>
          <Text as="p" breakWord>
            {why}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {when}
          </Text>
        </BlockStack>
      </Box>
      {children}
    </InlineStack>
  </Box>
);

interface Props {
  readonly setAside: readonly SetAsideView[];
  readonly setAsideMore: string | null;
  readonly jobs: readonly FailedJobView[];
}

/** Webhooks that were set aside and jobs that were given up, each with its error and a button to try it again. */
export const StatusFailures = ({ setAside, setAsideMore, jobs }: Props): ReactNode => {
  if (setAside.length + jobs.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            What failed
          </Text>
          {setAside.length > 1 && (
            <Retry fields={{ intent: "retry-all" }} label="Try all webhooks again">
              Try all again
            </Retry>
          )}
        </InlineStack>
        {setAsideMore !== null && <Text as="p">{setAsideMore}</Text>}
        {jobs.map((job) => (
          <Failure key={job.id} title={job.name} why={job.why} when={job.when}>
            <Retry fields={{ intent: "retry-job", job: job.id }} label={`Try again: ${job.name}`}>
              Try again
            </Retry>
          </Failure>
        ))}
        {setAside.map(({ eventId, topic, about, why, when }) => (
          <Failure key={`${eventId} ${topic}`} title={`${topic}: ${about}`} why={why} when={when}>
            <Retry fields={{ intent: "retry", eventId, topic }} label={`Try again: ${topic}, ${about}`}>
              Try again
            </Retry>
          </Failure>
        ))}
      </BlockStack>
    </Card>
  );
};
