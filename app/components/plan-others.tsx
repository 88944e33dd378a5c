import { useFetcher } from "@remix-run/react";
import { Banner, List } from "@shopify/polaris";
import { useEffect, type ReactNode } from "react";

/** Says which other automatic discounts are active, and whether a cart can get them with the plan's. */
export const PlanOthers = (): ReactNode => {
  const { data, load } = useFetcher<{ others: readonly string[] | null }>();
  useEffect(() => load("/app/discounts/others"), [load]);
  if (!data || data.others?.length === 0) return null;
  if (data.others === null) {
    return (
      <Banner tone="warning" title="Your other discounts could not be read">
        <p>Shopify did not answer. The plan may meet other automatic discounts at checkout.</p>
      </Banner>
    );
  }
  return (
    <Banner tone="info" title="Other automatic discounts are active">
      <List>
        {data.others.map((text) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
    </Banner>
  );
};
