import type { ReactNode } from "react";
import type { WhaleView } from "#app/presenters/home.ts";

const WIDTH = 640;
const HEIGHT = 260;
const PAD = { left: 64, right: 16, top: 28, bottom: 36 };

const lowest = (view: WhaleView): number => Math.min(0, ...view.points.map(({ y }) => y));

/** Cumulative profit, customers from best to worst. Drawn on the server; the summary beside it says the same in words. */
export const WhaleCurve = ({ view }: { view: WhaleView }): ReactNode => {
  const bottom = lowest(view);
  const x = (share: number): number => PAD.left + share * (WIDTH - PAD.left - PAD.right);
  const y = (share: number): number => PAD.top + ((1 - share) / (1 - bottom)) * (HEIGHT - PAD.top - PAD.bottom);
  const line = view.points.map((point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`).join(" ");
  const isLate = view.peak.x > 0.7;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width="100%"
      role="img"
      aria-label={`Cumulative profit by customer. ${view.summary}`}
      style={{ display: "block", fontFamily: "inherit" }}
    >
      <line x1={x(0)} x2={x(1)} y1={y(0)} y2={y(0)} stroke="#8a8a8a" />
      <line x1={x(0)} x2={x(1)} y1={y(1)} y2={y(1)} stroke="#e3e3e3" strokeDasharray="4 4" />
      <polygon points={`${x(0)},${y(0)} ${line} ${x(1)},${y(0)}`} fill="#cdfee1" />
      <polyline points={line} fill="none" stroke="#047b5d" strokeWidth="2.5" strokeLinejoin="round" />
      <circle cx={x(view.peak.x)} cy={y(view.peak.y)} r="4.5" fill="#047b5d" />
      <g fontSize="12" fill="#616161">
        <text x={x(view.peak.x)} y={y(1) - 10} textAnchor={isLate ? "end" : "middle"} fill="#303030" fontWeight="600">
          {view.peak.label}
        </text>
        <text x={PAD.left - 8} y={y(1) + 4} textAnchor="end">
          {view.top}
        </text>
        <text x={PAD.left - 8} y={y(0) + 4} textAnchor="end">
          0
        </text>
        <text x={x(0)} y={HEIGHT - 12}>
          Best customer
        </text>
        <text x={x(1)} y={HEIGHT - 12} textAnchor="end">
          {view.customers} customers, total {view.end}
        </text>
      </g>
    </svg>
  );
};
