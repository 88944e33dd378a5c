import { Modal, TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Box, Text } from "@shopify/polaris";
import { useState, type ReactNode } from "react";

/** What somebody is about to remove, and whether it is being asked about. */
export interface Asked<Subject> {
  /** Null before the first. */
  readonly subject: Subject | null;
  readonly isOpen: boolean;
  readonly ask: (subject: Subject) => void;
  readonly close: () => void;
}

export const useAsked = <Subject,>(): Asked<Subject> => {
  // Kept while the dialog closes.
  const [subject, setSubject] = useState<Subject | null>(null);
  const [isOpen, setOpen] = useState(false);
  return {
    subject,
    isOpen,
    ask: (asked) => {
      setSubject(asked);
      setOpen(true);
    },
    close: () => setOpen(false),
  };
};

interface Props {
  readonly id: string;
  readonly isOpen: boolean;
  readonly title: string;
  /** What would be removed. */
  readonly name: string | undefined;
  /** What that means. */
  readonly consequence: string;
  /** The button that does it. */
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is removed that cannot be brought back. */
export const RemovalDialog = (props: Props): ReactNode => (
  <Modal id={props.id} open={props.isOpen} onHide={props.onClose}>
    <Box padding="400">
      <BlockStack gap="200">
        <Text as="p" fontWeight="semibold" breakWord>
          {props.name}
        </Text>
        <Text as="p">{props.consequence}</Text>
      </BlockStack>
    </Box>
    <TitleBar title={props.title}>
      <button type="button" variant="primary" tone="critical" onClick={props.onConfirm}>
        {props.action}
      </button>
      <button type="button" onClick={props.onClose}>
        Cancel
      </button>
    </TitleBar>
  </Modal>
);
