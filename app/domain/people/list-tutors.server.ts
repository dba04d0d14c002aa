import { type Kysely, type RawBuilder, sql } from 'kysely';
import { customNarrowed } from '#app/domain/fields/custom-narrowing.server.ts';
import { tagsOf } from '#app/domain/tags/queries.server.ts';
import type { DB } from '#db/types.ts';
import { type ListPage, PAGE_SIZE } from './list-filter.ts';
import { byName, matches, pageOf } from './list-page.server.ts';
import { fullName } from './names.ts';
import { subjectsOf } from './set-subjects.server.ts';
import { type SignsIn, signsInOf, whoAccepted } from './signs-in.server.ts';
import type { TutorFilter } from './tutor-filter.ts';
import type { TutorStatus } from './tutor-status.ts';

export interface TutorRow {
  id: string;
  ref: string;
  name: string;
  status: TutorStatus;
  email: string | null;
  phone: string | null;
  timezone: string;
  subjects: string[];
  tags: { id: string; name: string }[];
  signsIn: SignsIn;
  archivedAt: Date | null;
}

const tutorText = sql<string>`concat_ws(' ', tutor.first_name, tutor.last_name, tutor.email::text, tutor.ref)`;

/** Fifty a page, by last name. */
export async function listTutors(db: Kysely<DB>, filter: TutorFilter): Promise<ListPage<TutorRow>> {
  const where = () => sql<boolean>`(${matches(tutorText, filter.q)} AND ${narrowed(filter)})`;
  const { offset, ...page } = await pageOf(db, 'tutor', filter, where);
  const tutors = await db
    .selectFrom('tutor')
    .select(['id', 'ref', 'firstName', 'lastName', 'email', 'phone', 'timezone', 'userId', 'archivedAt'])
    .select(sql<TutorStatus>`status`.as('status'))
    .where('archivedAt', filter.archived ? 'is not' : 'is', null)
    .where(where)
    .orderBy(byName('lastName'))
    .orderBy(byName('firstName'))
    .orderBy('id')
    .limit(PAGE_SIZE)
    .offset(offset)
    .execute();
  const ids = tutors.map((tutor) => tutor.id);
  const [taught, tags, accepted] = await Promise.all([
    subjectsOf(db, ids),
    tagsOf(db, 'tutorId', ids),
    whoAccepted(
      db,
      tutors.map((row) => row.userId),
    ),
  ]);
  return {
    ...page,
    rows: tutors.map(({ firstName, lastName, userId, ...tutor }) => ({
      ...tutor,
      name: fullName({ firstName, lastName }),
      signsIn: signsInOf(userId, accepted),
      subjects: taught.filter((row) => row.tutorId === tutor.id).map((row) => row.name),
      tags: tags.get(tutor.id) ?? [],
    })),
  };
}

function narrowed(filter: TutorFilter) {
  const { status, subject, level, tag, payGroup, mode, language } = filter;
  const all = [customNarrowed('tutor', filter.custom)];
  if (status) all.push(sql`tutor.status = ${status}`);
  if (payGroup) all.push(sql`tutor.pay_group_id = ${payGroup}`);
  if (mode) all.push(mode === 'online' ? sql`tutor.teaches_online` : sql`tutor.teaches_in_person`);
  if (language) all.push(sql`lower(${language}) IN (SELECT lower(l) FROM unnest(tutor.languages) AS l)`);
  if (tag) all.push(sql`EXISTS (SELECT 1 FROM tag_use u WHERE u.tutor_id = tutor.id AND u.tag_id = ${tag})`);
  if (subject || level) all.push(teaches(subject, level));
  return sql.join(all, sql` AND `);
}

/** One subject at the level: of a subject without levels, every level is taught. */
const teaches = (subject: string | null, level: string | null) => sql<boolean>`EXISTS (
  SELECT 1 FROM tutor_subject ts WHERE ts.tutor_id = tutor.id AND (${subject}::uuid IS NULL OR ts.subject_id = ${subject}::uuid)
    AND (${level}::uuid IS NULL
      OR EXISTS (SELECT 1 FROM tutor_subject_level tl
                 WHERE tl.tutor_id = ts.tutor_id AND tl.subject_id = ts.subject_id AND tl.level_id = ${level}::uuid)
      OR NOT EXISTS (SELECT 1 FROM tutor_subject_level tl WHERE tl.tutor_id = ts.tutor_id AND tl.subject_id = ts.subject_id)))`;

export async function namesOfTutors(db: Kysely<DB>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('tutor').select(['id', 'firstName', 'lastName']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, fullName(row)]));
}

/** What the list can be narrowed to: the subjects, levels, tags, pay groups and languages that tutors have. */
export async function tutorFilterChoices(db: Kysely<DB>) {
  const { rows } = await sql<{
    subjects: Named[];
    levels: Named[];
    tags: Named[];
    payGroups: Named[];
    languages: string[];
  }>`
    SELECT ${named(sql`subject x WHERE EXISTS (SELECT 1 FROM tutor_subject t WHERE t.subject_id = x.id)`)} AS subjects,
           ${named(sql`level x WHERE x.archived_at IS NULL OR EXISTS (SELECT 1 FROM tutor_subject_level t WHERE t.level_id = x.id)`, sql`x.position, x.id`)} AS levels,
           ${named(sql`tag x WHERE EXISTS (SELECT 1 FROM tag_use t WHERE t.tag_id = x.id AND t.tutor_id IS NOT NULL)`)} AS tags,
           ${named(sql`pay_group x WHERE EXISTS (SELECT 1 FROM tutor t WHERE t.pay_group_id = x.id)`)} AS "payGroups",
           ARRAY(SELECT DISTINCT unnest(languages) FROM tutor) AS languages`.execute(db);
  return rows[0] as (typeof rows)[number];
}

interface Named {
  id: string;
  name: string;
}

const named = (from: RawBuilder<unknown>, order = sql`x.name COLLATE "und-x-icu"`) =>
  sql`(SELECT coalesce(json_agg(json_build_object('id', x.id, 'name', x.name) ORDER BY ${order}), '[]') FROM ${from})`;
