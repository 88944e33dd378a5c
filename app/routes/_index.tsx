import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

/** Shopify opens the app at its root, with who asks in the query. */
export const loader = ({ request }: LoaderFunctionArgs): Response => {
  const { search } = new URL(request.url);
  return redirect(`/app${search}`);
};
