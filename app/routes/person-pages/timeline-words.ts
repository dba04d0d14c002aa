import { whoDid } from '#app/domain/audit/who-did.ts';
import { bytesWords } from '#app/domain/files/file-types.ts';
import type { AboutType, Visibility } from '#app/domain/people/about.ts';
import type { TimelineRow } from '#app/domain/timeline/queries.server.ts';
import type { TimelineKind } from '#app/domain/timeline/timeline-filter.ts';
import { historyLine, sentence } from '#app/ui/record-history-words.ts';
import { statusOfSession } from '#app/ui/session-status.ts';
import { visibilityWords } from './person-words.ts';

/** A line of a timeline in words. */
export interface TimelineLine {
  key: string;
  kind: TimelineKind;
  at: Date;
  title: string;
  /** By whom, to whom, with whom. */
  by: string;
  /** What more there is to say, as it was written. */
  body: string;
  link: string | null;
  /** Of a note or a file: who sees it. */
  seenBy: string | null;
  amount: { minor: string; currency: string | null } | null;
}

export const kindNames: Record<TimelineKind, string> = {
  note: 'Notes',
  file: 'Files',
  mail: 'Mails',
  session: 'Lessons',
  request: 'Requests and offers',
  task: 'Tasks',
  change: 'Changes',
  money: 'Money',
};

type Data = Record<string, unknown>;
type Said = Partial<Pick<TimelineLine, 'title' | 'by' | 'body' | 'link' | 'seenBy' | 'amount'>>;

const text = (value: unknown) => (typeof value === 'string' ? value : '');

const mails: Record<string, string> = {
  'session-confirmed': 'Lesson confirmed',
  'session-changed': 'Lesson changed',
  'session-cancelled': 'Lesson cancelled',
  'session-started': 'Lesson started at once',
  'session-started-invited': 'Lesson started at once, with an invitation',
  'schedule-changed': 'Changes to the lessons',
  invitation: 'Invitation to sign in',
  invoice: 'Invoice',
};

const mailStates: Record<string, string> = { sent: 'sent', captured: 'sent', failed: 'could not be sent' };

const requests: Record<string, string> = {
  request_opened: 'Request came in',
  request_closed_won: 'Request won',
  request_closed_lost: 'Request lost',
  offer_sent: 'Offered',
  offer_accepted: 'Offer accepted',
  offer_declined: 'Offer declined',
  offer_expired: 'Offer not answered in time',
  offer_lost: 'Offer taken by somebody else',
  offer_withdrawn: 'Offer withdrawn',
};

const words: Record<TimelineKind, (row: TimelineRow, data: Data, type: AboutType) => Said> = {
  note: (row, data, type) => ({
    title: data.pinned === true ? 'Note, pinned' : 'Note',
    by: row.who ?? 'A former user',
    body: text(data.body),
    seenBy: visibilityWords(type, data.visibility as Visibility),
  }),
  file: (row, data, type) => ({
    title: `File: ${text(data.name)}`,
    by: `${row.who ?? 'Sent by form'}, ${bytesWords(Number(data.bytes))}`,
    link: `/files/${text(data.id)}`,
    seenBy: visibilityWords(type, data.visibility as Visibility),
  }),
  mail: (row, data) => ({
    title: `Mail: ${mails[row.what] ?? sentence(row.what.replaceAll('-', ' '))}`,
    by: `To ${row.who ?? 'nobody'}, ${mailStates[text(data.status)] ?? 'waits to be sent'}`,
    link: data.sessionId ? `/office/sessions/${text(data.sessionId)}` : null,
  }),
  session: (row, data) => ({
    title: `Lesson: ${text(data.title)}, ${String(data.minutes)} min`,
    by: `${(data.students as string[]).join(', ') || 'Nobody'} with ${row.who ?? ''} · ${stateOf(row)}`,
    link: `/office/sessions/${text(data.id)}`,
  }),
  request: (row, data) => ({
    title: `${requests[row.what] ?? sentence(row.what)}${data.subject ? `: ${text(data.subject)}` : ''}`,
    by: [row.who, text(data.ref)].filter(Boolean).join(', '),
    body: text(data.reason),
    link: `/office/requests/${text(data.id)}`,
  }),
  task: (row, data) => ({ title: `Task done: ${text(data.title)}`, by: row.who ?? 'Lectern itself' }),
  change: (row, data) => {
    const by = whoDid({
      name: row.who,
      apiKeyName: (data.key as string | null | undefined) ?? null,
      actorKind: text(data.actorKind),
    });
    const line = historyLine({
      ...{ id: 0n, at: row.at, by, action: row.what, subjectType: '', subjectId: null, sessionId: null, requestId: null },
      ...{ before: (data.before ?? null) as never, after: (data.after ?? null) as never, reason: text(data.reason) },
    });
    return { title: line.what, by, body: line.changes.join('; ') };
  },
  money: (row, data) => ({
    title:
      row.what === 'invoice'
        ? `Invoice ${text(data.number)}`
        : `Payment${data.method ? `, ${text(data.method).replaceAll('_', ' ')}` : ''}`,
    by: row.who ?? '',
    link: row.what === 'invoice' ? `/office/invoices/${text(data.id)}` : null,
    amount: { minor: text(data.amount), currency: (data.currency as string | undefined) ?? null },
  }),
};

/** Its time has come: what is merely scheduled waits to be closed out. */
const stateOf = ({ what, at }: TimelineRow) =>
  statusOfSession({ status: what, startsAt: at, endsAt: at }, at).label.toLowerCase();

export function timelineLine(row: TimelineRow, type: AboutType): TimelineLine {
  const { key, kind, at } = row;
  const nothing = { title: '', by: '', body: '', link: null, seenBy: null, amount: null };
  return { key, kind, at, ...nothing, ...words[kind](row, row.data, type) };
}
