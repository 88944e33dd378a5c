import { Button, Card, EmptyState, IndexTable, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { DataRequestView } from "#app/presenters/privacy.ts";
import { useDownload } from "./download.ts";

const Download = ({ request }: { request: DataRequestView }): ReactNode => {
  const file = useDownload(`/app/privacy/${request.id}`, request.fileName);
  return (
    <Button onClick={file.start} loading={file.isBusy} accessibilityLabel={`Download the data of ${request.who}`}>
      Download
    </Button>
  );
};

const Nothing = (): ReactNode => (
  <Card>
    <EmptyState heading="Nobody has asked for their data" image="">
      <Text as="p">
        When a customer asks you for their data, make the request in your admin, on the customer&apos;s page. What
        Pareto holds then shows up here.
      </Text>
    </EmptyState>
  </Card>
);

/** Whose data was asked for, with the file of each. */
export const DataRequests = ({ requests }: { requests: readonly DataRequestView[] }): ReactNode => {
  if (requests.length === 0) return <Nothing />;
  return (
    <Card padding="0">
      <IndexTable
        resourceName={{ singular: "data request", plural: "data requests" }}
        itemCount={requests.length}
        selectable={false}
        headings={[
          { title: "Customer" },
          { title: "Asked" },
          { title: "Held" },
          { title: "Kept until" },
          { title: "File" },
        ]}
      >
        {requests.map((request, index) => (
          <IndexTable.Row id={String(request.id)} key={request.id} position={index}>
            <IndexTable.Cell>{request.who}</IndexTable.Cell>
            <IndexTable.Cell>{request.requestedAt}</IndexTable.Cell>
            <IndexTable.Cell>{request.orders}</IndexTable.Cell>
            <IndexTable.Cell>{request.until}</IndexTable.Cell>
            <IndexTable.Cell>
              <Download request={request} />
            </IndexTable.Cell>
          </IndexTable.Row>
        ))}
      </IndexTable>
    </Card>
  );
};
