import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { archiveRecord } from '#app/domain/people/archive-record.server.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type IdleKind, listIdle } from './idle-queries.server.ts';

export interface CleanedUp {
  archived: number;
  /** Who stays, and why: something came in meanwhile. */
  left: { id: string; name: string; reason: string }[];
}

/**
 * Archives families (with their students) or tutors that have had no session since a day, each for itself: whoever is not
 * idle any more stays, and so does whoever can't be archived. Again, it finds nobody left and does nothing.
 */
export async function archiveIdle(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { kind: IdleKind; since: string; ids: readonly string[] },
): Promise<CleanedUp> {
  const result: CleanedUp = { archived: 0, left: [] };
  for (const row of await listIdle(db, input.kind, input.since, input.ids)) {
    try {
      const done = await inTransaction(db, async (trx) => {
        const people = input.kind === 'tutor' ? [row.id] : await listStudents(trx, row.id);
        await lockResources(trx, people, ctx.clock());
        // What came in before the lock is seen now, and nothing comes in behind it.
        if ((await listIdle(trx, input.kind, input.since, [row.id])).length === 0) return false;
        const kind = input.kind === 'tutor' ? 'tutor' : 'student';
        for (const id of people) await archiveRecord(trx, ctx, actor, { kind, id });
        if (input.kind === 'family') await archiveRecord(trx, ctx, actor, { kind: 'client', id: row.id });
        return true;
      });
      if (done) result.archived++;
      else result.left.push({ id: row.id, name: row.name, reason: 'Something was planned meanwhile.' });
    } catch (error) {
      if (!isDomainError(error)) throw error;
      result.left.push({ id: row.id, name: row.name, reason: error.message });
    }
  }
  return result;
}

async function listStudents(trx: Kysely<DB>, clientId: string): Promise<string[]> {
  const students = await trx
    .selectFrom('student')
    .select('id')
    .where('clientId', '=', clientId)
    .where('archivedAt', 'is', null)
    .orderBy('id')
    .execute();
  return students.map((student) => student.id);
}
