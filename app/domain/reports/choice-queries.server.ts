import type { Kysely } from 'kysely';
import type { Choice } from '#app/domain/people/choice-queries.server.ts';
import type { DB } from '#db/types.ts';

/** Programs and subjects to narrow a report by; those no longer in use too, since what was taught in them is still there. */
export async function listReportChoices(db: Kysely<DB>): Promise<{ programs: Choice[]; subjects: Choice[] }> {
  const [programs, subjects] = await Promise.all([
    db.selectFrom('program').select(['id', 'name']).orderBy('name').orderBy('id').execute(),
    db.selectFrom('subject').select(['id', 'name']).orderBy('name').orderBy('id').execute(),
  ]);
  return { programs, subjects };
}
