import { BlockStack, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { WhaleView } from "#app/presenters/home.ts";

/** The drawing's own units; it is stretched to the width there is, and the words around it are not. */
const SIZE = 1000;
const HEIGHT = "15rem";

/** Cumulative profit, customers from best to worst. Drawn on the server; the summary beside it says the same in words. */
export const WhaleCurve = ({ view }: { view: WhaleView }): ReactNode => {
  const bottom = Math.min(0, ...view.points.map(({ y }) => y));
  const x = (share: number): number => share * SIZE;
  const y = (share: number): number => ((1 - share) / (1 - bottom)) * SIZE;
  const line = view.points.map((point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`).join(" ");
  return (
    <BlockStack gap="200">
      <InlineStack align={view.peak.x > 0.5 ? "end" : "center"}>
        <Text as="span" variant="bodySm" fontWeight="semibold">
          {view.peak.label}
        </Text>
      </InlineStack>
      <svg
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Cumulative profit by customer. ${view.summary}`}
        style={{ display: "block", width: "100%", height: HEIGHT, overflow: "visible" }}
      >
        <polygon points={`0,${y(0)} ${line} ${SIZE},${y(0)}`} fill="#cdfee1" />
        <g fill="none" vectorEffect="non-scaling-stroke">
          <line
            x1={0}
            x2={SIZE}
            y1={0}
            y2={0}
            stroke="#cccccc"
            strokeDasharray="4 4"
            vectorEffect="non-scaling-stroke"
          />
          <line x1={0} x2={SIZE} y1={y(0)} y2={y(0)} stroke="#8a8a8a" vectorEffect="non-scaling-stroke" />
          <polyline points={line} stroke="#047b5d" strokeWidth="2.5" vectorEffect="non-scaling-stroke" />
          <line
            x1={x(view.peak.x)}
            x2={x(view.peak.x)}
            y1={0}
            y2={y(0)}
            stroke="#047b5d"
            strokeDasharray="2 4"
            vectorEffect="non-scaling-stroke"
          />
        </g>
      </svg>
      <InlineStack align="space-between" gap="200">
        <Text as="span" variant="bodySm" tone="subdued">
          Best customer
        </Text>
        <Text as="span" variant="bodySm" tone="subdued">
          {view.end}
        </Text>
      </InlineStack>
    </BlockStack>
  );
};
