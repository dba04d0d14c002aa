import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { MERGE_FIELDS } from './merge-fields.ts';
import { hasMoney } from './money.server.ts';
import { countReferences, type MergeKind } from './references.server.ts';

export interface Pair {
  kind: MergeKind;
  firstId: string;
  firstName: string;
  firstRef: string;
  secondId: string;
  secondName: string;
  secondRef: string;
  /** What is the same. */
  by: string[];
}

const digits = (column: RawBuilder<unknown>) =>
  sql`nullif(right(regexp_replace(coalesce(${column}, ''), '[^0-9]', '', 'g'), 8), '')`;

/** Who is looked at, with what tells people: names are compared whole, telephone numbers by their last eight digits. */
const people: Record<MergeKind, RawBuilder<unknown>> = {
  tutor: sql`SELECT id, ref, trim(first_name || ' ' || last_name) AS name, lower(email::text) AS email, ${digits(sql`phone`)} AS phone,
    NULL::uuid AS family FROM tutor WHERE archived_at IS NULL AND erased_at IS NULL`,
  client: sql`SELECT id, ref, name, lower(email::text) AS email, ${digits(sql`phone`)} AS phone, NULL::uuid AS family
    FROM client WHERE archived_at IS NULL AND erased_at IS NULL`,
  student: sql`SELECT id, ref, trim(first_name || ' ' || last_name) AS name, lower(email::text) AS email, NULL::text AS phone,
    client_id AS family FROM student WHERE archived_at IS NULL AND erased_at IS NULL`,
};

/** Pairs of active records that look like one person: the same address, number, or name. The older of the two is first. */
export async function listLikelyPairs(db: Kysely<DB>, kind: MergeKind): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    WITH p AS MATERIALIZED (SELECT *, fold(name) AS folded FROM (${people[kind]}) q),
    pairs AS (
      SELECT a.id AS first_id, b.id AS second_id, 'e-mail' AS by FROM p a JOIN p b ON a.email = b.email AND a.id < b.id
      UNION SELECT a.id, b.id, 'telephone' FROM p a JOIN p b ON a.phone = b.phone AND length(a.phone) >= 7 AND a.id < b.id
      UNION SELECT a.id, b.id, 'name' FROM p a JOIN p b ON a.folded = b.folded AND a.id < b.id
    )
    SELECT ${kind}::text AS kind, a.id AS first_id, a.name AS first_name, a.ref AS first_ref,
           b.id AS second_id, b.name AS second_name, b.ref AS second_ref, array_agg(pairs.by ORDER BY pairs.by) AS by
    FROM pairs JOIN p a ON a.id = pairs.first_id JOIN p b ON b.id = pairs.second_id
    GROUP BY a.id, a.name, a.ref, b.id, b.name, b.ref
    ORDER BY count(*) DESC, a.name, a.id, b.id LIMIT 100`.execute(db);
  return rows;
}

export interface MergeSide {
  id: string;
  ref: string;
  name: string;
  archived: boolean;
  erased: boolean;
  signsInAs: string | null;
  hasMoney: boolean;
  /** What hangs on it, by table. */
  rows: { table: string; count: number }[];
}

export interface MergePreview {
  kept: MergeSide;
  merged: MergeSide;
  /** Facts in which they differ; `filled`: the kept record has none, and takes the other's. */
  fields: { column: string; label: string; kept: string; merged: string; filled: boolean }[];
}

/** What merging would do, before it is done; null when one of them is not there. */
export async function previewMerge(
  db: Kysely<DB>,
  kind: MergeKind,
  keepId: string,
  mergeId: string,
): Promise<MergePreview | null> {
  const { rows } = await sql<{ id: string; row: Record<string, unknown>; email: string | null }>`
    SELECT p.id, to_jsonb(p) AS row, u.email::text FROM ${sql.table(kind)} p LEFT JOIN users u ON u.id = p.user_id
    WHERE p.id IN (${keepId}, ${mergeId})`.execute(db);
  const [kept, merged] = [keepId, mergeId].map((id) => rows.find((row) => row.id === id));
  if (!kept || !merged) return null;
  const side = async ({ id, row, email }: typeof kept): Promise<MergeSide> => ({
    id,
    ref: String(row.ref),
    name: kind === 'client' ? String(row.name) : `${row.first_name} ${row.last_name}`.trim(),
    archived: row.archived_at !== null,
    erased: row.erased_at !== null,
    signsInAs: email,
    hasMoney: await hasMoney(db, kind, id),
    rows: await countReferences(db, kind, id),
  });
  const fields = MERGE_FIELDS[kind].flatMap(({ label, columns }) => {
    const column = columns[0] ?? '';
    const [own, other] = [said(kept.row[column]), said(merged.row[column])];
    return own === other || other === '' ? [] : [{ column, label, kept: own, merged: other, filled: own === '' }];
  });
  return { kept: await side(kept), merged: await side(merged), fields };
}

function said(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

export interface MergeRow {
  id: string;
  kind: MergeKind;
  keptId: string;
  keptName: string;
  mergedName: string;
  doneAt: Date;
  doneBy: string | null;
  undoneAt: Date | null;
}

/** The last merges, the newest first. */
export async function listMerges(db: Kysely<DB>): Promise<MergeRow[]> {
  const nameOf = (id: RawBuilder<unknown>) => sql`CASE m.kind
    WHEN 'client' THEN (SELECT name FROM client WHERE id = ${id})
    WHEN 'tutor' THEN (SELECT trim(first_name || ' ' || last_name) FROM tutor WHERE id = ${id})
    ELSE (SELECT trim(first_name || ' ' || last_name) FROM student WHERE id = ${id}) END`;
  const { rows } = await sql<MergeRow>`
    SELECT m.id, m.kind, m.kept_id, ${nameOf(sql`m.kept_id`)} AS kept_name, ${nameOf(sql`m.merged_id`)} AS merged_name,
           m.done_at, coalesce(nullif(u.name, ''), u.email::text) AS done_by, m.undone_at
    FROM merge m LEFT JOIN users u ON u.id = m.done_by ORDER BY m.id DESC LIMIT 50`.execute(db);
  return rows;
}
