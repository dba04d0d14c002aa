import type { AppContext } from '#app/context.ts';
import { getCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { listProgress } from '#app/domain/progress/progress-queries.server.ts';
import type { SessionDetail, SessionPlace } from '#app/domain/scheduling/session-detail.server.ts';
import { outcomeView } from '#app/ui/session-status.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { viewProgress } from './progress-view.ts';
import type { WhatWasDoneView } from './what-was-done.tsx';

/** Of a session that was closed out, about the family's own places; null before that, and while it is sent back. */
export async function loadWhatWasDone(
  { db }: Pick<AppContext, 'db'>,
  session: SessionDetail,
  own: readonly SessionPlace[],
  reader: Reader,
): Promise<WhatWasDoneView | null> {
  if (session.closeOut === null || session.closeOut.status === 'sent_back') return null;
  const studentIds = own.map((place) => place.studentId);
  const [rules, entries] = await Promise.all([
    getCloseOutRules(db),
    listProgress(db, { studentIds, sessionId: session.id, limit: own.length }),
  ]);
  return {
    students: own.map((place) => ({ id: place.studentId, name: place.studentName, outcome: outcomeView(place.outcome) })),
    entries: entries.map((entry) => viewProgress(entry, reader, rules)),
    links: session.materials.filter(({ phase }) => phase === 'after').map(({ id, title, url }) => ({ id, title, url })),
  };
}
