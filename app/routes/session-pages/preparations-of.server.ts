import type { AppLoadContext } from '@remix-run/node';
import { listPreparation } from '#app/domain/scheduling/preparation.server.ts';
import { listSessions } from '#app/domain/scheduling/queries.server.ts';
import type { SessionDetail } from '#app/domain/scheduling/session-detail.server.ts';
import { addMinutes } from '#app/domain/scheduling/wall-time.ts';
import { viewSession } from '#app/ui/session-view.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { type PreparationView, type PreparedStudentView, viewPreparations, viewStudent } from './view-preparation.ts';

const DAYS_AHEAD = 7;

/** What a tutor prepares: their sessions of the next days that have not begun, the nearest first. */
export async function preparationsOf(
  { db }: AppLoadContext,
  { tutorId, reader, joinWindowMinutes, limit }: { tutorId: string; reader: Reader; joinWindowMinutes: number; limit: number },
): Promise<PreparationView[]> {
  const rows = await listSessions(db, {
    tutorId,
    from: reader.now,
    to: addMinutes(reader.now, DAYS_AHEAD * 1440),
    statuses: ['scheduled'],
    limit,
  });
  const views = rows.map((row) => viewSession(row, { reader, joinWindowMinutes, base: '/tutor/sessions' }));
  return viewPreparations(await listPreparation(db, { tutorId, sessionIds: rows.map((row) => row.id) }), views, reader);
}

/** Of one session that has not ended; null for one that is over or was called off. */
export async function preparationOf(
  { db }: AppLoadContext,
  session: SessionDetail,
  reader: Reader,
): Promise<PreparedStudentView[] | null> {
  if (session.status !== 'scheduled' || session.endsAt <= reader.now) return null;
  const [preparation] = await listPreparation(db, { tutorId: session.tutor.id, sessionIds: [session.id] });
  return preparation ? preparation.students.map((student) => viewStudent(student, reader)) : null;
}
