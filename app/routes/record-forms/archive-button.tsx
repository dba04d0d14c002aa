import { ConfirmButton } from '#app/ui/confirm-button.tsx';

interface Props {
  archived: boolean;
  /** What follows from archiving, for a person to weigh. */
  consequence: string;
}

export function ArchiveButton({ archived, consequence }: Props) {
  return archived ? (
    <ConfirmButton
      key="restore"
      label="Bring back"
      consequence="Can be chosen again for new sessions."
      confirm="Bring back"
      fields={{ intent: 'restore' }}
    />
  ) : (
    <ConfirmButton key="archive" label="Archive" consequence={consequence} confirm="Archive" fields={{ intent: 'archive' }} />
  );
}
