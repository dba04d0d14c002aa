import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ReasonInput } from '../request-pages/reason-input.tsx';
import type { Move } from './use-moves.ts';

interface Props {
  move: Move | null;
  /** Given before, the most common first. */
  reasons: readonly string[];
  onClose: () => void;
  onReason: (reason: string) => void;
}

/** Asks why a request was lost, before it is. */
export function LostDialog({ move, reasons, onClose, onReason }: Props) {
  return (
    <Modal opened={move !== null} onClose={onClose} title={`Close ${move?.name ?? ''} without a tutor`} centered>
      <Ask reasons={reasons} onReason={onReason} onClose={onClose} />
    </Modal>
  );
}

function Ask({ reasons, onReason, onClose }: Omit<Props, 'move'>) {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== '') onReason(reason);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          It stays in the list of lost requests and can be opened again.
        </Text>
        <ReasonInput
          reasons={reasons}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={reason.trim() === ''}>
            Close request
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
