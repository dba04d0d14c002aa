import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { Grouping } from './teaching.ts';

/** Of rows with the columns tutor_id, program_id and subject_id, the one they are grouped by; over time it is none. */
export const groupColumns: Record<Grouping, RawBuilder<unknown>> = {
  tutor: sql`tutor_id`,
  program: sql`program_id`,
  subject: sql`subject_id`,
  month: sql`NULL::uuid`,
  week: sql`NULL::uuid`,
};

/** Of rows by that column (as "of") and local_date, the key of their group. */
export const groupKeys: Record<Grouping, RawBuilder<unknown>> = {
  tutor: sql`"of"::text`,
  program: sql`"of"::text`,
  subject: sql`"of"::text`,
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
