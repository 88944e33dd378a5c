import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { BlockStack, Box, Button, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { useLookAgain } from "#app/components/look-again.ts";
import { PageError } from "#app/components/page-error.tsx";
import { StatusFailures } from "#app/components/status-failures.tsx";
import { StatusLines, StatusScopes, StatusTopics } from "#app/components/status-overview.tsx";
import { SyncCard } from "#app/components/sync-card.tsx";
import { presentStatus, type StatusView } from "#app/presenters/status.ts";
import { presentSync, type SyncView } from "#app/presenters/sync.ts";
import { signIn } from "#app/sign-in.server.ts";
import { doStatusAction, readStatus } from "#app/status.server.ts";

interface Data {
  readonly status: StatusView;
  readonly catchUp: SyncView | null;
  /** There is something to catch up from: the shop has been read once, and is not being read now. */
  readonly canCatchUp: boolean;
  readonly isMoving: boolean;
}

export const loader = async ({ request }: LoaderFunctionArgs): Promise<Data> => {
  const read = await readStatus(await signIn(request));
  return {
    status: presentStatus(read),
    catchUp: read.catchUp?.status === "running" ? presentSync(read.catchUp) : null,
    canCatchUp: read.sync?.status === "finished" && read.catchUp?.status !== "running",
    isMoving: read.inbox.waiting > 0 || [read.sync, read.catchUp].some((run) => run?.status === "running"),
  };
};

export const action = async ({ request }: ActionFunctionArgs): Promise<{ ok: boolean }> => {
  const signedIn = await signIn(request);
  return { ok: await doStatusAction(signedIn, await request.formData()) };
};

export default function Status(): ReactNode {
  const { status, catchUp, canCatchUp, isMoving } = useLoaderData<typeof loader>();
  useLookAgain(isMoving ? "running" : "finished");
  return (
    <Page
      title="Status"
      subtitle="How far Pareto is behind your shop, and what needs a hand."
      primaryAction={
        <Form method="post">
          <input type="hidden" name="intent" value="catch-up" />
          <Button submit variant="primary" disabled={!canCatchUp}>
            Look for missed changes
          </Button>
        </Form>
      }
    >
      <BlockStack gap="400">
        {catchUp && <SyncCard sync={catchUp} title="Looking for missed changes" />}
        <StatusLines lines={status.lines} />
        <StatusFailures setAside={status.setAside} setAsideMore={status.setAsideMore} jobs={status.jobs} />
        <StatusTopics topics={status.topics} />
        <StatusScopes scopes={status.scopes} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

export const ErrorBoundary = PageError;

export const headers: HeadersFunction = (args) => boundary.headers(args);
