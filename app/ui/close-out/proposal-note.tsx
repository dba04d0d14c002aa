import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { type Fields, fill } from './fields.ts';

export interface ProposalView {
  /** What was seen, a sentence each. */
  seen: string[];
  /** "Fill in 16:12 and 38 minutes"; empty where it is as planned. */
  offer: string;
  /** What the offer puts into the form. */
  fields: Fields;
}

/** What the room and our link saw, and an offer to put that into the form. It decides nothing. */
export function ProposalNote({ proposal }: { proposal: ProposalView }) {
  if (proposal.seen.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" mt={6}>
      {proposal.seen.join(' ')}{' '}
      {proposal.offer ? (
        <Anchor
          component={Link}
          to="?proposed"
          replace
          preventScrollReset
          inherit
          onClick={(event) => {
            const form = event.currentTarget.closest('form');
            if (!form) return;
            // The page is not asked again: what was typed stays beside it.
            event.preventDefault();
            fill(form, proposal.fields);
          }}
        >
          {proposal.offer}
        </Anchor>
      ) : null}
    </Text>
  );
}
