import type { AppContext } from '#app/context.ts';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { listToRate } from '#app/domain/feedback/feedback-queries.server.ts';
import { dayText, type Reader } from '#app/ui/session-when.ts';
import type { ToRateView } from './how-was-it.tsx';

/** For a family's home: what somebody could say something of. */
export async function loadToRate(
  { db }: Pick<AppContext, 'db'>,
  of: { studentIds: readonly string[]; userId: string },
  reader: Reader,
): Promise<ToRateView[]> {
  if (!(await getCloseOutRules(db)).feedback) return [];
  const lessons = await listToRate(db, { ...of, now: reader.now });
  return lessons.map((one) => ({
    key: `${one.sessionId} ${one.studentId}`,
    href: `/family/sessions/${one.sessionId}#feedback`,
    text: `${one.lesson} for ${one.studentName} with ${one.tutorName}, ${dayText(reader, one.startsAt)}`,
  }));
}
