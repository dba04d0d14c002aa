import type { OpenCloseOut } from '#app/domain/closeout/open-queries.server.ts';
import { oneLine, type QueuedMail } from './queue-mail.server.ts';

const MOST_IN_A_MAIL = 50;

interface At {
  origin: string;
  now: Date;
}

/** One mail with all that this tutor has still to close out; none where there is no address. */
export function tutorOverdueMail(own: readonly OpenCloseOut[], { origin, now }: At): QueuedMail[] {
  const [first] = own;
  if (!first?.tutor.address) return [];
  return [
    {
      template: 'close-outs-overdue',
      to: { name: first.tutor.name, address: first.tutor.address },
      userId: first.tutor.userId,
      dedupeKey: `close-outs-overdue:${first.tutor.id}:${now.toISOString()}`,
      data: {
        ...(first.locale ? { locale: first.locale } : {}),
        zone: first.zone,
        link: `${origin}/tutor/closeouts`,
        audience: 'tutor',
        ...listOf(own),
      },
    },
  ];
}

/** One mail to the office with what its tutors let stand. */
export function officeOverdueMail(
  rows: readonly OpenCloseOut[],
  { origin, now, to }: At & { to: { name: string; address: string } },
): QueuedMail {
  return {
    template: 'close-outs-overdue',
    to,
    dedupeKey: `close-outs-overdue:office:${now.toISOString()}`,
    data: { link: `${origin}/office/closeouts?show=overdue`, audience: 'office', ...listOf(rows) },
  };
}

const listOf = (rows: readonly OpenCloseOut[]) => ({
  sessions: rows.slice(0, MOST_IN_A_MAIL).map((row) => ({
    lesson: oneLine(row.lesson),
    tutor: oneLine(row.tutor.name),
    students: row.students.map(oneLine),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    sentBack: row.sentBackReason === null ? null : oneLine(row.sentBackReason).slice(0, 2000),
  })),
  more: Math.max(0, rows.length - MOST_IN_A_MAIL),
});
