import { useEffect, useRef, type RefObject } from "react";

interface Target {
  readonly row: number;
  readonly what: "field" | "button";
}

const rowsIn = (root: HTMLElement, kind: string): HTMLElement[] => [
  ...root.querySelectorAll<HTMLElement>(`[data-row="${kind}"]`),
];

/** The control to go on from; where no row is left, what adds one. */
const controlOf = (root: HTMLElement, kind: string, { row, what }: Target): HTMLElement | null => {
  const rows = rowsIn(root, kind);
  const near = rows[Math.min(row, rows.length - 1)];
  if (!near) return root.querySelector<HTMLElement>("[data-adds] button:not([disabled])");
  return near.querySelector<HTMLElement>(what === "button" ? "button" : "input, select, textarea");
};

export interface Rows {
  /** Around rows with `data-row` and, in an element with `data-adds`, the buttons that add one. */
  readonly root: RefObject<HTMLDivElement>;
  readonly afterAdding: (rows: number) => void;
  readonly afterRemoving: (row: number) => void;
}

/**
 * Keeps the focus in a list whose rows come and go: to the first field of a row that was added, and to the row that takes
 * the place of one that was removed. The browser would leave who uses the keyboard at the top of the page.
 */
export const useRows = (kind: "part" | "step" | "company"): Rows => {
  const root = useRef<HTMLDivElement>(null);
  const target = useRef<Target | null>(null);
  // After each drawing: the row is there, or gone, with the one that follows the click.
  useEffect(() => {
    if (target.current && root.current) controlOf(root.current, kind, target.current)?.focus();
    target.current = null;
  });
  return {
    root,
    afterAdding: (rows) => {
      target.current = { row: rows, what: "field" };
    },
    afterRemoving: (row) => {
      target.current = { row, what: "button" };
    },
  };
};
