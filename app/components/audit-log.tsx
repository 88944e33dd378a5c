import { BlockStack, Box, Card, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { AuditEventView } from "#app/presenters/audit.ts";
import type { PagerView } from "#app/presenters/pager.ts";
import { Pages } from "./pages.tsx";

const Event = ({ event }: { event: AuditEventView }): ReactNode => (
  <Box borderBlockEndWidth="025" borderColor="border" paddingBlockEnd="200">
    <BlockStack gap="050">
      <Text as="p">{event.url === null ? event.what : <Link url={event.url}>{event.what}</Link>}</Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {event.who}, {event.at}
      </Text>
    </BlockStack>
  </Box>
);

/** Who changed what, latest first. */
export const AuditLog = ({ events, pager }: { events: readonly AuditEventView[]; pager: PagerView }): ReactNode => (
  <Card>
    <BlockStack gap="200">
      {events.length === 0 && (
        <Text as="p" tone="subdued">
          Nobody has changed anything yet.
        </Text>
      )}
      {events.map((event) => (
        <Event key={event.id} event={event} />
      ))}
      <Pages pager={pager} />
    </BlockStack>
  </Card>
);
