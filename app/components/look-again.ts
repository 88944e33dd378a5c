import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

/** Loads the page's data again every so often while something is under way; null: no more. */
export const useLookAgain = (everyMs: number | null): void => {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (everyMs === null || state !== "idle") return undefined;
    const timer = setTimeout(revalidate, everyMs);
    return () => clearTimeout(timer);
  }, [everyMs, revalidate, state]);
};
