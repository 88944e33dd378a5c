import type { ReactNode } from "react";
import { PlainPage } from "#app/components/plain-page.tsx";

/** Where a browser ends up that opens the app outside the Shopify admin. */
export default function Login(): ReactNode {
  return (
    <PlainPage title="Pareto">
      <p>Pareto runs inside the Shopify admin. Open your admin, choose Apps, then Pareto.</p>
      <p>
        Not installed yet? Install it from the link that your developer gave you; Shopify then asks you to approve the
        access that the app needs.
      </p>
    </PlainPage>
  );
}
