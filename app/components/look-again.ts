import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import type { SyncView } from "#app/presenters/sync.ts";

/** How often a page looks again, by how the work it follows is doing; a failed one may be tried again by itself. */
const LOOK_AGAIN_MS = { running: 1000, failed: 5000, finished: null } as const;

/** Loads the page's data again every so often while a long work is under way. */
export const useLookAgain = (work: SyncView["state"]): void => {
  const { revalidate, state } = useRevalidator();
  const everyMs = LOOK_AGAIN_MS[work];
  useEffect(() => {
    if (everyMs === null || state !== "idle") return undefined;
    const timer = setTimeout(revalidate, everyMs);
    return () => clearTimeout(timer);
  }, [everyMs, revalidate, state]);
};
