import { Badge, InlineStack } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { Flag, Tier } from "#app/core/tiers/tier.ts";
import { FLAG_LABELS } from "#app/presenters/flags.ts";

const TONES = { A: "success", B: "info", C: undefined } as const;

const PROVISIONAL = "provisional until the next run";

/** A customer's tier; half a dot beside it where the figures have changed since the run that set it. */
export const TierBadge = ({ tier, isProvisional = false }: { tier: Tier; isProvisional?: boolean }): ReactNode => {
  const tone = TONES[tier] ? { tone: TONES[tier] } : {};
  if (!isProvisional) return <Badge {...tone}>{`Tier ${tier}`}</Badge>;
  return (
    <span title={PROVISIONAL}>
      <Badge {...tone} progress="partiallyComplete" toneAndProgressLabelOverride={PROVISIONAL}>
        {`Tier ${tier}`}
      </Badge>
    </span>
  );
};

/** From one tier to another. */
export const TierChange = ({ from, to }: { from: Tier; to: Tier }): ReactNode => (
  <InlineStack gap="100" blockAlign="center" wrap={false}>
    <TierBadge tier={from} />
    <span aria-label="to">→</span>
    <TierBadge tier={to} />
  </InlineStack>
);

export const FlagBadges = ({ flags }: { flags: readonly Flag[] }): ReactNode => (
  <InlineStack gap="100" wrap>
    {flags.map((flag) => (
      <Badge key={flag} tone={FLAG_LABELS[flag].tone}>
        {FLAG_LABELS[flag].label}
      </Badge>
    ))}
  </InlineStack>
);
