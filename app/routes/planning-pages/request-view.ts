import type { BookingRequestRow } from '#app/domain/booking-requests/queries.server.ts';
import { addMinutes } from '#app/domain/scheduling/wall-time.ts';
import { formatMoney } from '#app/ui/format.ts';
import { distanceText, type Reader, stampText, timeText, whenOf } from '#app/ui/session-when.ts';
import type { Tone } from '#app/ui/status-badge.tsx';

/** A request in words, cut to what its reader may know. */
export interface RequestView {
  id: string;
  ref: string;
  kind: 'new' | 'move' | 'cancel';
  /** A new session, Another time, Cancellation. */
  what: string;
  state: { label: string; tone: Tone };
  waiting: boolean;
  proposed: boolean;
  title: string;
  who: string;
  askedBy: string;
  from: string;
  /** The session that is to be moved or cancelled. */
  session: { id: string; when: string } | null;
  wanted: string | null;
  age: string;
  askedAt: string;
  answeredAt: string | null;
  note: string;
  answer: string;
  routedTo: string;
  mode: string;
  /** Why it can't simply be accepted, as things stand. */
  trouble: string | null;
  fee: string | null;
  proposals: { value: string; when: string; tutor: string }[];
  resultSessionId: string | null;
  version: number;
}

export type RequestReader = 'office' | 'tutor' | 'family';

const WHAT = { new: 'A new session', move: 'Another time', cancel: 'A cancellation' } as const;
const FROM = { family: 'Family', storefront: 'Public page', tutor: 'Tutor' } as const;

interface Sight {
  reader: Reader;
  as: RequestReader;
  /** Null: sees no money. */
  currency: string | null;
}

export function viewRequest(row: BookingRequestRow, { reader, as, currency }: Sight): RequestView {
  const { startsAt, durationMinutes, session } = row;
  const between = (from: Date, to: Date) => {
    const when = whenOf(reader, from, to);
    return `${when.day}, ${when.time}${when.atOffice ? ` (${when.atOffice})` : ''}`;
  };
  const span = (from: Date, minutes: number) => between(from, addMinutes(from, minutes));
  const waiting = row.status === 'open' || row.status === 'proposed';
  return {
    id: row.id,
    ref: row.ref,
    kind: row.kind,
    what: WHAT[row.kind],
    state: stateOf(row, as),
    waiting,
    proposed: row.status === 'proposed',
    title: session?.title ?? row.subjectName,
    who: `${row.studentName} with ${row.tutorName || 'any tutor'}`,
    askedBy: row.source === 'tutor' ? row.tutorName : as === 'tutor' ? row.studentName : row.clientName,
    from: FROM[row.source],
    session: session && row.sessionId ? { id: row.sessionId, when: between(session.startsAt, session.endsAt) } : null,
    wanted: startsAt && durationMinutes ? span(startsAt, durationMinutes) : null,
    age: distanceText(row.createdAt, reader.now),
    askedAt: stampText(reader, row.createdAt),
    answeredAt: row.decidedAt ? stampText(reader, row.decidedAt) : null,
    note: row.note,
    answer: row.answer,
    routedTo: row.routedTo === 'tutor' ? row.tutorName || 'The tutor' : 'The office',
    mode: row.mode === 'in_person' ? row.location || 'In person' : row.mode === 'online' ? 'Online' : '',
    trouble: waiting ? troubleOf(row, reader) : null,
    fee: currency && row.feeSaid !== null && row.feeSaid > 0n ? formatMoney(row.feeSaid, currency, reader.locale) : null,
    proposals: row.proposals.map((proposal) => ({
      value: `${proposal.startsAt}|${proposal.tutorId}`,
      when: span(new Date(proposal.startsAt), proposal.durationMinutes),
      tutor: proposal.tutorName,
    })),
    resultSessionId: row.resultSessionId,
    version: row.version,
  };
}

function stateOf(row: BookingRequestRow, as: RequestReader): RequestView['state'] {
  const asker = row.source === 'tutor' ? 'tutor' : 'family';
  switch (row.status) {
    case 'open':
      return { label: as === asker ? 'Waiting for an answer' : 'To answer', tone: 'attention' };
    case 'proposed':
      return { label: as === asker ? 'Choose a time' : 'Other times offered', tone: as === asker ? 'attention' : 'neutral' };
    case 'accepted':
      return { label: 'Accepted', tone: 'good' };
    case 'declined':
      return { label: 'Declined', tone: 'bad' };
    case 'withdrawn':
      return { label: 'Withdrawn', tone: 'quiet' };
  }
}

function troubleOf(row: BookingRequestRow, reader: Reader): string | null {
  if (row.kind !== 'new' && row.session && row.session.status !== 'scheduled') return 'The session is no longer planned.';
  if (row.kind !== 'cancel' && row.startsAt && row.startsAt <= reader.now)
    return `The time asked for has passed (${timeText(reader, row.startsAt)}).`;
  if (row.kind === 'cancel') return null;
  if (row.takenNow === 'tutor') return 'The tutor has something else then.';
  return row.takenNow === 'student' ? 'The student has something else then.' : null;
}
