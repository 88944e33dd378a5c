import { BlockStack, Card, EmptySearchResult, InlineGrid, InlineStack, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { HomeView, TierView, Tile } from "#app/presenters/home.ts";
import { TierBadge } from "./tier-badge.tsx";
import { WhaleCurve } from "./whale-curve.tsx";

const TileCard = ({ tile }: { tile: Tile }): ReactNode => (
  <Card>
    <BlockStack gap="100">
      <Text as="h3" variant="bodyMd" tone="subdued">
        {tile.label}
      </Text>
      <Text as="p" variant="headingLg">
        {tile.value}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {tile.detail}
      </Text>
    </BlockStack>
  </Card>
);

const TierCard = ({ view }: { view: TierView }): ReactNode => (
  <Card>
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center">
        <TierBadge tier={view.tier} />
        <Link url={`/app/customers?tier=${view.tier}`} accessibilityLabel={`Show the customers of tier ${view.tier}`}>
          {view.customers}
        </Link>
      </InlineStack>
      <Text as="p" variant="headingMd">
        {view.profit}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {view.detail}
      </Text>
    </BlockStack>
  </Card>
);

/** The shop's figures after a tier run; says so when there is nothing to count yet. */
export const HomeFigures = ({ home }: { home: HomeView }): ReactNode => {
  if (home.isEmpty) {
    return (
      <Card>
        <EmptySearchResult
          withIllustration
          title="No orders in this window yet"
          description="As soon as an order comes in, its profit and its customer's tier show up here."
        />
      </Card>
    );
  }
  return (
    <BlockStack gap="400">
      <InlineGrid columns={{ xs: 1, sm: 2, lg: 4 }} gap="400">
        {home.tiles.map((tile) => (
          <TileCard key={tile.label} tile={tile} />
        ))}
      </InlineGrid>
      <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
        {home.tiers.map((view) => (
          <TierCard key={view.tier} view={view} />
        ))}
      </InlineGrid>
      {home.whale && (
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Who makes the profit
            </Text>
            <WhaleCurve view={home.whale} />
            <Text as="p">{home.whale.summary}</Text>
          </BlockStack>
        </Card>
      )}
    </BlockStack>
  );
};
