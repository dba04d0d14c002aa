import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { Grouping } from './teaching.ts';

/** What rows with the columns tutor_id, program_id, subject_id and local_date are grouped by. */
export const groupKeys: Record<Grouping, RawBuilder<unknown>> = {
  tutor: sql`tutor_id::text`,
  program: sql`program_id::text`,
  subject: sql`subject_id::text`,
  month: sql`date_trunc('month', local_date)::date::text`,
  week: sql`date_trunc('week', local_date)::date::text`,
};

/** The names of tutors, programs or subjects by id; a month and a week have none. */
export async function namesOfGroups(db: Kysely<DB>, by: Grouping, ids: readonly string[]): Promise<Map<string, string>> {
  if (by === 'month' || by === 'week') return new Map();
  const name = by === 'tutor' ? sql`trim(first_name || ' ' || last_name)` : sql`name`;
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, ${name} AS name FROM ${sql.table(by)} WHERE id = ANY(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.name]));
}
