import type { ReactNode } from "react";

/** A page outside the admin, where neither Polaris nor App Bridge is there. */
export const PlainPage = ({ title, children }: { title: string; children: ReactNode }): ReactNode => (
  <main style={{ font: "16px/1.5 system-ui, sans-serif", maxWidth: "36rem", margin: "4rem auto", padding: "0 1rem" }}>
    <h1>{title}</h1>
    <div>{children}</div>
  </main>
);
