import type { Tone } from './status-badge.tsx';

/** What a session's state is called and how urgent it is. `tone` picks the colour of the mark beside the words. */
export interface StatusView {
  key: string;
  label: string;
  tone: Tone;
}

const stored: Record<string, StatusView> = {
  requested: { key: 'requested', label: 'Requested', tone: 'attention' },
  scheduled: { key: 'scheduled', label: 'Scheduled', tone: 'neutral' },
  closed_out: { key: 'closed_out', label: 'Closed out', tone: 'good' },
  approved: { key: 'approved', label: 'Approved', tone: 'good' },
  declined: { key: 'declined', label: 'Declined', tone: 'quiet' },
  cancelled: { key: 'cancelled', label: 'Cancelled', tone: 'quiet' },
  late_cancelled: { key: 'late_cancelled', label: 'Cancelled late', tone: 'bad' },
  no_show: { key: 'no_show', label: 'No-show', tone: 'bad' },
  tutor_no_show: { key: 'tutor_no_show', label: 'Tutor didn’t come', tone: 'bad' },
  rescheduled: { key: 'rescheduled', label: 'Rescheduled', tone: 'quiet' },
};

/** Those a list can be filtered by, in the order of a session's life. */
export const STATUS_CHOICES: readonly { value: string; label: string }[] = Object.values(stored).map(({ key, label }) => ({
  value: key,
  label,
}));

/** A scheduled session is "under way" and then "to close out" by the clock; a session that was closed out may wait for approval. */
export function statusOfSession(
  session: { status: string; startsAt: Date; endsAt: Date; closeOutStatus?: string | null },
  now: Date,
): StatusView {
  if (session.status === 'scheduled') {
    if (session.closeOutStatus === 'sent_back') return { key: 'sent_back', label: 'Sent back', tone: 'attention' };
    if (session.endsAt <= now) return { key: 'to_close_out', label: 'To close out', tone: 'attention' };
    if (session.startsAt <= now) return { key: 'live', label: 'Under way', tone: 'live' };
  }
  if (session.status === 'closed_out' && session.closeOutStatus === 'sent_back') {
    return { key: 'sent_back', label: 'Sent back', tone: 'attention' };
  }
  return stored[session.status] ?? { key: session.status, label: session.status, tone: 'neutral' };
}

const outcomes: Record<string, StatusView> = {
  planned: { key: 'planned', label: 'Expected', tone: 'neutral' },
  attended: { key: 'attended', label: 'Attended', tone: 'good' },
  no_show: { key: 'no_show', label: 'No-show', tone: 'bad' },
  late_cancel: { key: 'late_cancel', label: 'Cancelled late', tone: 'bad' },
  cancelled: { key: 'cancelled', label: 'Cancelled', tone: 'quiet' },
  tutor_no_show: { key: 'tutor_no_show', label: 'Tutor didn’t come', tone: 'bad' },
  technical_failure: { key: 'technical_failure', label: 'Technical failure', tone: 'attention' },
};

export function outcomeView(outcome: string): StatusView {
  return outcomes[outcome] ?? { key: outcome, label: outcome, tone: 'neutral' };
}
