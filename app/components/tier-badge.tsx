import { Badge, InlineStack } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { Flag, Tier } from "#app/core/tiers/tier.ts";
import { FLAG_LABELS } from "#app/presenters/flags.ts";

const TONES = { A: "success", B: "info", C: undefined } as const;

export const TierBadge = ({ tier }: { tier: Tier }): ReactNode => (
  <Badge {...(TONES[tier] ? { tone: TONES[tier] } : {})}>{`Tier ${tier}`}</Badge>
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
