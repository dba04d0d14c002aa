export const sessionStatuses = [
  'requested',
  'scheduled',
  'closed_out',
  'approved',
  'declined',
  'cancelled',
  'late_cancelled',
  'no_show',
  'tutor_no_show',
  'rescheduled',
] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** Statuses that only a person's own act leads out of, whatever the places say. */
const fixed: readonly string[] = ['requested', 'declined', 'rescheduled'];

/**
 * A session's status, of its students' outcomes and its close-out; the three stay three things.
 * @param closeOut the close-out's status, or null without one
 * @param heldOpen the tutor is still taken though nobody is left: a course's session, to which others may come
 */
export function sessionStatus(
  current: string,
  outcomes: readonly string[],
  closeOut: string | null,
  heldOpen = false,
): SessionStatus {
  // A course to which nobody has come yet is planned all the same.
  if (fixed.includes(current) || outcomes.length === 0) return current as SessionStatus;
  const left = outcomes.filter((outcome) => outcome !== 'cancelled' && outcome !== 'late_cancel');
  if (left.length === 0 && heldOpen) return 'scheduled';
  if (left.length === 0) return outcomes.includes('late_cancel') ? 'late_cancelled' : 'cancelled';
  if (closeOut !== 'submitted' && closeOut !== 'approved') return 'scheduled';
  if (left.every((outcome) => outcome === 'no_show')) return 'no_show';
  if (left.every((outcome) => outcome === 'tutor_no_show')) return 'tutor_no_show';
  return closeOut === 'approved' ? 'approved' : 'closed_out';
}
