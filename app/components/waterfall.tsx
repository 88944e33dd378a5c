import { Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { WaterfallStep } from "#app/presenters/customer.ts";

const colourOf = ({ kind, isNegative }: WaterfallStep): string => {
  if (kind === "movement") return isNegative ? "#e22c38" : "#29845a";
  return isNegative ? "#8e1f0b" : "#303030";
};

/** From gross sales to profit: a table with a bar in each row, readable without the bars too. */
export const Waterfall = ({ steps, caption }: { steps: readonly WaterfallStep[]; caption: string }): ReactNode => (
  <table style={{ width: "100%", borderCollapse: "collapse" }}>
    <caption style={{ textAlign: "left", paddingBottom: "0.5rem" }}>
      <Text as="span" tone="subdued">
        {caption}
      </Text>
    </caption>
    <tbody>
      {steps.map((step) => (
        <tr key={step.label} style={step.kind === "movement" ? {} : { borderTop: "1px solid #e3e3e3" }}>
          <th scope="row" style={{ textAlign: "left", padding: "0.375rem 0.5rem 0.375rem 0", width: "38%" }}>
            <Text as="span" fontWeight={step.kind === "movement" ? "regular" : "semibold"}>
              {step.label}
            </Text>
          </th>
          <td aria-hidden style={{ width: "34%" }}>
            <div style={{ position: "relative", height: "0.875rem" }}>
              <div
                style={{
                  position: "absolute",
                  insetBlock: 0,
                  left: `${step.from * 100}%`,
                  width: `max(2px, ${(step.to - step.from) * 100}%)`,
                  background: colourOf(step),
                  borderRadius: "2px",
                }}
              />
            </div>
          </td>
          <td style={{ textAlign: "right", paddingLeft: "0.5rem", whiteSpace: "nowrap" }}>
            <Text
              as="span"
              numeric
              fontWeight={step.kind === "movement" ? "regular" : "semibold"}
              {...(step.isNegative ? { tone: "critical" as const } : {})}
            >
              {step.amount}
            </Text>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
