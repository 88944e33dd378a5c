import type { ReactNode } from "react";

/** Where a browser ends up that opens the app outside the Shopify admin. */
export default function Login(): ReactNode {
  return (
    <main style={{ font: "16px/1.5 system-ui, sans-serif", maxWidth: "36rem", margin: "4rem auto", padding: "0 1rem" }}>
      <h1>Pareto</h1>
      <p>Pareto runs inside the Shopify admin. Open your admin, choose Apps, then Pareto.</p>
      <p>
        Not installed yet? Install it from the Shopify App Store or from the link that your developer gave you; Shopify
        then asks you to approve the access that the app needs.
      </p>
    </main>
  );
}
