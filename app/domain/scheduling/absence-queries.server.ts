import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import { listToReplan, type ReplannedSession, suggestReplanning } from './replanning-queries.server.ts';
import { addDays, startOfDay } from './wall-time.ts';

export interface Absence {
  tutor: { id: string; name: string };
  sessions: ReplannedSession[];
  /** There are more in these days than can be dealt with at once. */
  more: boolean;
}

/**
 * The sessions a tutor has in these days (the organisation's, both included), each with who could teach it instead and
 * when the tutor could after them.
 * @throws DomainError not_found
 */
export async function loadAbsence(
  db: Kysely<DB>,
  ctx: DomainContext,
  { tutorId, from, to }: { tutorId: string; from: string; to: string },
): Promise<Absence> {
  const tutor = await db
    .selectFrom('tutor')
    .select(['id', sql<string>`trim(first_name || ' ' || last_name)`.as('name')])
    .where('id', '=', tutorId)
    .executeTakeFirst();
  if (!tutor) throw new DomainError('not_found', 'This tutor is not there.');
  const { timezone } = await getOrganisation(db);
  const end = startOfDay(addDays(to, 1), timezone);
  const { rows, more } = await listToReplan(db, ctx, { tutorId, from: startOfDay(from, timezone), to: end });
  return { tutor, sessions: await suggestReplanning(db, ctx, rows, end), more };
}
