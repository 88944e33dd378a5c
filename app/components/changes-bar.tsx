import { SaveBar } from "@shopify/app-bridge-react";
import type { ReactNode } from "react";

interface Props {
  readonly id: string;
  readonly isOpen: boolean;
  readonly isSaving: boolean;
  readonly canSave?: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/** Shopify's bar for what is not saved yet; it asks before a page with changes is left. */
export const ChangesBar = ({ id, isOpen, isSaving, canSave = true, onSave, onDiscard }: Props): ReactNode => (
  <SaveBar id={id} open={isOpen}>
    <button
      type="button"
      variant="primary"
      disabled={!canSave || isSaving}
      loading={isSaving ? "" : undefined}
      onClick={onSave}
    >
      Save
    </button>
    <button type="button" disabled={isSaving} onClick={onDiscard}>
      Discard
    </button>
  </SaveBar>
);
