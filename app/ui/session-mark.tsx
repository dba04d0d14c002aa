import type { StatusView } from './session-status.ts';
import { StatusBadge } from './status-badge.tsx';

/** The state of a session or of a student's place. */
export function SessionMark({ status }: { status: StatusView }) {
  return <StatusBadge label={status.label} tone={status.tone} />;
}
