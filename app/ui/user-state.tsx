import { StatusBadge } from './status-badge.tsx';

interface Props {
  status: 'active' | 'invited' | 'disabled';
  /** Null: no invitation holds any more. */
  invitedUntil: Date | null;
}

export function UserState({ status, invitedUntil }: Props) {
  if (status === 'active') return <StatusBadge label="Active" tone="good" />;
  if (status === 'disabled') return <StatusBadge label="Disabled" tone="quiet" />;
  if (invitedUntil === null) return <StatusBadge label="Invitation expired" tone="bad" />;
  return <StatusBadge label="Invited" tone="attention" />;
}
