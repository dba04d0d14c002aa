import type { AppLoadContext } from '@remix-run/node';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { listMakeUps, type MakeUpRow } from '#app/domain/make-ups/make-up-queries.server.ts';
import { type Reader, whenOf } from '#app/ui/session-when.ts';
import { dayOf } from '#app/ui/waiver-words.ts';

const view = (row: MakeUpRow, reader: Reader) => ({
  id: row.id,
  student: row.studentName,
  subject: row.subjectName,
  minutes: row.minutes,
  when: whenOf(reader, row.missedAt, row.missedEndsAt).long,
  until: dayOf(row.expiresOn, reader.locale),
});

/** What a family's students may still make up for. Who only cares for one books nothing. */
export async function makeUpsOfFamily(
  { db }: AppLoadContext,
  user: SignedInUser,
  { studentIds, reader }: { studentIds: readonly string[]; reader: Reader },
) {
  if (studentIds.length === 0) return [];
  const rows = await listMakeUps(db, { states: ['open'], studentIds, limit: 10 });
  return rows.map((row) => ({
    ...view(row, reader),
    book:
      row.engagementId && !user.guardedIds.includes(row.studentId)
        ? `/family/book?${new URLSearchParams({ with: row.engagementId, minutes: String(row.minutes), makeUp: row.id })}`
        : null,
  }));
}

/** The one that is being booked for, where it is this student's and still open. */
export async function makeUpToBook(
  { db }: AppLoadContext,
  id: string,
  { studentId, reader }: { studentId: string; reader: Reader },
) {
  const [row] = await listMakeUps(db, { id, studentIds: [studentId], states: ['open'] });
  return row ? view(row, reader) : null;
}
