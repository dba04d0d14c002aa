import { type Kysely, type RawBuilder, sql } from 'kysely';
import { customNarrowed } from '#app/domain/fields/custom-narrowing.server.ts';
import type { DB } from '#db/types.ts';
import type { ClientFilter, StudentFilter } from './people-filter.ts';

/** True of a `client` the filter means, whatever is searched for. */
export function clientsNarrowed({ status, tag, signsIn, custom }: ClientFilter): RawBuilder<boolean> {
  const all = [customNarrowed('client', custom)];
  if (status) all.push(sql`client.status = ${status}`);
  if (tag) all.push(sql`EXISTS (SELECT 1 FROM tag_use u WHERE u.client_id = client.id AND u.tag_id = ${tag})`);
  if (signsIn === 'no') all.push(sql`client.user_id IS NULL`);
  if (signsIn === 'yes' || signsIn === 'invited')
    all.push(sql`client.user_id IS NOT NULL
      AND EXISTS (SELECT 1 FROM user_password w WHERE w.user_id = client.user_id) = ${signsIn === 'yes'}`);
  return sql<boolean>`(${sql.join(all, sql` AND `)})`;
}

/** True of a `student` the filter means. */
export function studentsNarrowed({ tag, grade, engaged, custom }: StudentFilter): RawBuilder<boolean> {
  const all = [customNarrowed('student', custom)];
  if (tag) all.push(sql`EXISTS (SELECT 1 FROM tag_use u WHERE u.student_id = student.id AND u.tag_id = ${tag})`);
  if (grade) all.push(sql`student.grade = ${grade}`);
  if (engaged)
    all.push(sql`EXISTS (SELECT 1 FROM engagement e CROSS JOIN organisation o WHERE e.student_id = student.id
      AND (e.ends_on IS NULL OR e.ends_on >= (now() AT TIME ZONE o.timezone)::date)) = ${engaged === 'yes'}`);
  return sql<boolean>`(${sql.join(all, sql` AND `)})`;
}

/** The tags and grades that clients or students have: what their list can be narrowed to. */
export async function peopleFilterChoices(
  db: Kysely<DB>,
  kind: 'client' | 'student',
): Promise<{ tags: { id: string; name: string }[]; grades: string[] }> {
  const [tags, grades] = await Promise.all([
    db
      .selectFrom('tag')
      .select(['id', 'name'])
      .where(sql<boolean>`EXISTS (SELECT 1 FROM tag_use u WHERE u.tag_id = tag.id AND ${sql.ref(`u.${kind}_id`)} IS NOT NULL)`)
      .orderBy(sql`name COLLATE "und-x-icu"`)
      .execute(),
    kind === 'client'
      ? []
      : db.selectFrom('student').select('grade').distinct().where('grade', '<>', '').orderBy('grade').limit(60).execute(),
  ]);
  return { tags, grades: grades.map((row) => row.grade) };
}

export async function namesOfPeople(
  db: Kysely<DB>,
  kind: 'client' | 'student',
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const name = kind === 'client' ? sql<string>`name` : sql<string>`concat_ws(' ', first_name, nullif(last_name, ''))`;
  const rows = await db
    .selectFrom(kind)
    .select(['id', name.as('name')])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
