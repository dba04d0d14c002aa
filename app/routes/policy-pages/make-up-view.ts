import type { MakeUpRow, MakeUpState, MakingUp } from '#app/domain/make-ups/make-up-queries.server.ts';
import { type Reader, whenOf } from '#app/ui/session-when.ts';
import { dayOf } from '#app/ui/waiver-words.ts';
import { bookLike } from '../session-pages/book-like.ts';

export const STATE_WORDS: Record<MakeUpState, string> = {
  open: 'Open',
  used: 'Made up for',
  expired: 'Ran out: charged',
  given_up: 'Given up: charged',
};

export type MakeUpView = ReturnType<typeof viewMakeUp>;

/** `base` is where sessions' pages are: /office/sessions */
export function viewMakeUp(
  row: MakeUpRow,
  { reader, base, fits = [] }: { reader: Reader; base: string; fits?: readonly MakingUp[] },
) {
  const link = (id: string, startsAt: Date, endsAt: Date) => ({
    to: `${base}/${id}`,
    text: whenOf(reader, startsAt, endsAt).long,
  });
  return {
    id: row.id,
    state: row.state,
    stateText: STATE_WORDS[row.state],
    studentId: row.studentId,
    student: row.studentName,
    program: row.programName,
    subject: row.subjectName,
    tutor: row.tutorName,
    minutes: row.minutes,
    why: row.outcome === 'no_show' ? 'Did not come' : 'Cancelled late',
    expiresOn: row.expiresOn,
    until: dayOf(row.expiresOn, reader.locale),
    missed: link(row.missedId, row.missedAt, row.missedEndsAt),
    used: row.usedId && row.usedAt && row.usedEndsAt ? link(row.usedId, row.usedAt, row.usedEndsAt) : null,
    fits: fits.map((fit) => ({
      value: fit.sessionId,
      label: `${whenOf(reader, fit.startsAt, fit.endsAt).long}, ${fit.tutorName}`,
    })),
    book: `${bookLike({ ...row, studentIds: [row.studentId] })}&makeUp=${row.id}`,
  };
}
