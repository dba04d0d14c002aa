import { type Kysely, type RawBuilder, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { ChecklistFact, ChecklistRole } from './checklist.schema.ts';

export interface ChecklistItem {
  id: string;
  role: ChecklistRole;
  label: string;
  help: string;
  doneBy: 'office' | 'person' | null;
  fact: ChecklistFact | null;
  archivedAt: Date | null;
  version: number;
}

const items = (db: Kysely<DB>) =>
  db
    .selectFrom('checklistItem')
    .select(['id', 'label', 'help', 'archivedAt', 'version'])
    .select([
      sql<ChecklistRole>`role`.as('role'),
      sql<ChecklistItem['doneBy']>`done_by`.as('doneBy'),
      sql<ChecklistFact | null>`fact`.as('fact'),
    ]);

/** All lists in their order, what is archived last. */
export async function listChecklistItems(db: Kysely<DB>): Promise<ChecklistItem[]> {
  return items(db).orderBy(sql`archived_at IS NOT NULL`).orderBy('position').orderBy('id').execute();
}

/** @throws DomainError not_found */
export async function getChecklistItem(db: Kysely<DB>, id: string): Promise<ChecklistItem> {
  const item = await items(db).where('id', '=', id).executeTakeFirst();
  if (!item) throw new DomainError('not_found', 'This item is not there.');
  return item;
}

export interface ChecklistLine extends Pick<ChecklistItem, 'id' | 'label' | 'help' | 'doneBy' | 'fact'> {
  done: boolean;
  /** Of a tick: who and when. */
  tickedBy: string | null;
  tickedAt: Date | null;
}

/** Somebody's checklist: what they and the office have ticked, and what their records say. Empty where none is kept. */
export async function checklistOf(db: Kysely<DB>, role: ChecklistRole, personId: string, now: Date): Promise<ChecklistLine[]> {
  const { rows } = await sql<Omit<ChecklistLine, 'done'>>`
    SELECT i.id, i.label, i.help, i.done_by, i.fact, t.ticked_at, coalesce(u.name, u.email::text) AS ticked_by
    FROM checklist_item i
    LEFT JOIN checklist_tick t ON t.item_id = i.id AND ${sql.ref(`t.${role}_id`)} = ${personId}
    LEFT JOIN users u ON u.id = t.ticked_by
    WHERE i.role = ${role} AND i.archived_at IS NULL ORDER BY i.position, i.id`.execute(db);
  const asked = [...new Set(rows.flatMap(({ fact }) => fact ?? []))];
  const facts = asked.length > 0 ? await factsOf(db, role, personId, now, asked) : {};
  return rows.map((row) => ({ ...row, done: row.fact ? facts[row.fact] === true : row.tickedAt !== null }));
}

type Facts = Partial<Record<ChecklistFact, boolean>>;

async function factsOf(
  db: Kysely<DB>,
  role: ChecklistRole,
  personId: string,
  now: Date,
  asked: readonly ChecklistFact[],
): Promise<Facts> {
  const { timezone } = await db.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow();
  const of = FACT_SQL[role](localDateOf(now, timezone));
  const columns = asked.flatMap((fact) => {
    const known = of[fact];
    return known ? [sql`(${known}) AS ${sql.ref(fact)}`] : [];
  });
  if (columns.length === 0) return {};
  const { rows } = await db
    .withoutPlugins()
    .executeQuery<Facts>(sql`SELECT ${sql.join(columns)} FROM ${sql.table(role)} p WHERE p.id = ${personId}`.compile(db));
  return rows[0] ?? {};
}

type FactSql = Partial<Record<ChecklistFact, RawBuilder<boolean>>>;

const signedIn = sql<boolean>`EXISTS (SELECT FROM user_password w JOIN users u ON u.id = w.user_id
  WHERE w.user_id = p.user_id AND u.disabled_at IS NULL)`;

/** Each fact of a row `p`. */
const FACT_SQL: Record<ChecklistRole, (today: string) => FactSql> = {
  tutor: (today) => ({
    signed_in: signedIn,
    has_subjects: sql`EXISTS (SELECT FROM tutor_subject s WHERE s.tutor_id = p.id)`,
    has_hours: sql`EXISTS (SELECT FROM availability_rule r WHERE r.tutor_id = p.id AND (r.valid_to IS NULL OR r.valid_to > ${today}::date))
      OR EXISTS (SELECT FROM availability_exception e WHERE e.tutor_id = p.id AND e.open AND e.local_date >= ${today}::date)`,
    clearances_valid: sql`NOT EXISTS (
      SELECT FROM clearance_type c
      WHERE c.archived_at IS NULL AND (c.required = 'always' OR (c.required = 'in_person' AND p.teaches_in_person))
        AND NOT EXISTS (
          SELECT FROM clearance v WHERE v.tutor_id = p.id AND v.type_id = c.id AND v.status = 'valid'
            AND (v.expires_on IS NULL OR v.expires_on >= ${today}::date)))`,
    has_room: sql`p.personal_room_url IS NOT NULL`,
    has_address: sql`p.home_address <> ''`,
    has_booking: sql`EXISTS (SELECT FROM session s WHERE s.tutor_id = p.id)`,
  }),
  client: () => ({
    signed_in: signedIn,
    has_address: sql`p.address <> ''`,
    has_booking: sql`EXISTS (SELECT FROM attendance a WHERE a.client_id = p.id)`,
  }),
  student: () => ({
    signed_in: signedIn,
    has_booking: sql`EXISTS (SELECT FROM attendance a WHERE a.student_id = p.id)`,
  }),
};
