import { type Kysely, sql, type Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { constraintOf, sqlState } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export const MERGE_KINDS = ['tutor', 'client', 'student'] as const;
export type MergeKind = (typeof MERGE_KINDS)[number];

/** A column by which rows of a table hang on a person, as the catalogue of the database says. */
interface Reference {
  table: string;
  column: string;
  /** What tells its rows apart beside that column; empty: nothing but the whole row. */
  key: string[];
}

/** Rows that were moved, by table and column: enough to move them back, whatever else of them has changed since. */
export interface MovedRows {
  table: string;
  column: string;
  key: string[];
  /** The values of the key, or the whole row without the column. */
  rows: Record<string, unknown>[];
  /** Rows that the kept person had already: taken away, and put back by undoing. */
  dropped: Record<string, unknown>[];
}

/** Not moved by the rows' own reference: each has a reason beside it. */
const LEFT: Readonly<Record<string, string>> = {
  account: 'a person with entries in the books is the one that is kept',
  tutor_subject: 'copied, since levels hang on it',
  tutor_subject_level: 'copied with the subjects',
};

/** Two of these say the same of one person: one is enough. Of any other table two such rows are a reason to refuse. */
const LINKS: readonly string[] = [
  'tag_use',
  'student_guardian',
  'tutor_exclusion',
  'checklist_tick',
  'matching_wish',
  'matching_pick',
  'series_student',
];

/** Why two people can't be made one. */
const words: Readonly<Record<string, string>> = {
  session_resource: 'They are planned at the same time',
  attendance: 'They are in the same session',
  course_enrolment: 'They are both in the same course',
  rate: 'Both have a rate of the same scope on the same days',
  waiting_list: 'They are both on the same waiting list',
  offer_tutor: 'Both were asked by the same offer',
};

/** Of what nobody can change beforehand: it says so, and what to do instead. */
const FOR_GOOD: Readonly<Record<string, string>> = {
  conversation:
    'Both have a conversation of their own between the same tutor and family. What was written in the two can’t be put together, so nothing was merged: keep both, and archive the one that is no longer used.',
};

/** Everything that hangs on people of a kind. */
export async function listReferences(db: Kysely<DB>, kind: MergeKind): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    SELECT c.conrelid::regclass::text AS table, a.attname::text AS column,
           coalesce((SELECT array_agg(k.attname::text ORDER BY k.attnum) FROM pg_index i
                     JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = ANY(i.indkey)
                     WHERE i.indrelid = c.conrelid AND i.indisprimary AND k.attname <> a.attname), '{}') AS key
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.connamespace = 'public'::regnamespace
      AND (c.confrelid = ${kind}::regclass OR (c.confrelid = 'resource'::regclass AND ${kind} <> 'client'))
    ORDER BY 1, 2`.execute(db);
  return rows.filter((row) => !Object.hasOwn(LEFT, row.table));
}

/** How many rows of each table hang on a person. */
export async function countReferences(db: Kysely<DB>, kind: MergeKind, id: string): Promise<{ table: string; count: number }[]> {
  const references = await listReferences(db, kind);
  const { rows } = await sql<{ table: string; count: number }>`
    SELECT "table", sum(n)::int AS count FROM (${sql.join(
      references.map(
        ({ table, column }) =>
          sql`SELECT ${table}::text AS "table", count(*) AS n FROM ${sql.table(table)} WHERE ${sql.ref(column)} = ${id}`,
      ),
      sql` UNION ALL `,
    )}) counted GROUP BY "table" HAVING sum(n) > 0 ORDER BY "table"`.execute(db);
  return rows;
}

/**
 * Moves all that hangs on one person to another.
 * @throws DomainError conflict where both have what one person can have once, such as two sessions at a time
 */
export async function moveReferences(
  trx: Transaction<DB>,
  kind: MergeKind,
  { from, to }: { from: string; to: string },
): Promise<MovedRows[]> {
  const moved: MovedRows[] = [];
  for (const reference of await listReferences(trx, kind)) {
    const rows = await moveOne(trx, reference, from, to);
    if (rows.rows.length + rows.dropped.length > 0) moved.push(rows);
  }
  return moved;
}

async function moveOne(trx: Transaction<DB>, reference: Reference, from: string, to: string): Promise<MovedRows> {
  const { table, column, key } = reference;
  const [of, by] = [sql.table(table), sql.ref(column)];
  const known =
    key.length > 0
      ? sql`jsonb_build_object(${sql.join(key.flatMap((name) => [sql.lit(name), sql.ref(name)]))})`
      : sql`to_jsonb(r) - ${column}::text`;
  const update = (where: ReturnType<typeof sql>) =>
    sql<{ known: Record<string, unknown> }>`UPDATE ${of} AS r SET ${by} = ${to} WHERE ${where} RETURNING ${known} AS known`;
  try {
    const { rows } = await saved(trx, () => update(sql`${by} = ${from}`).execute(trx));
    return { ...reference, rows: rows.map((row) => row.known), dropped: [] };
  } catch (error) {
    if (sqlState(error) !== '23505' || !LINKS.includes(table)) throw refused(error, table);
  }
  // Some of them the other has as well: those one by one.
  const dropped: Record<string, unknown>[] = [];
  const rows: Record<string, unknown>[] = [];
  const { rows: each } = await sql<{ at: string }>`SELECT ctid::text AS at FROM ${of} WHERE ${by} = ${from}`.execute(trx);
  for (const { at } of each) {
    try {
      const one = await saved(trx, () => update(sql`ctid = ${at}::tid`).execute(trx));
      rows.push(...one.rows.map((row) => row.known));
    } catch (error) {
      if (sqlState(error) !== '23505') throw refused(error, table);
      const gone = await sql<{ row: Record<string, unknown> }>`
        DELETE FROM ${of} AS r WHERE ctid = ${at}::tid RETURNING to_jsonb(r) AS row`.execute(trx);
      dropped.push(...gone.rows.map((row) => row.row));
    }
  }
  return { ...reference, rows, dropped };
}

/** A statement that may be refused, without losing the transaction. */
async function saved<T>(trx: Transaction<DB>, work: () => Promise<T>): Promise<T> {
  await sql`SAVEPOINT reference`.execute(trx);
  try {
    const done = await work();
    await sql`RELEASE SAVEPOINT reference`.execute(trx);
    return done;
  } catch (error) {
    await sql`ROLLBACK TO SAVEPOINT reference`.execute(trx);
    throw error;
  }
}

function refused(error: unknown, table: string): unknown {
  const state = sqlState(error) ?? '';
  // Two of what there is once, two at a time, or what is fixed for good.
  if (!['23505', '23P01', '23001', '40001'].includes(state)) return error;
  const why = words[table] ?? `Both have the same in ${table.replaceAll('_', ' ')}`;
  return new DomainError('conflict', FOR_GOOD[table] ?? `${why}: change that first. Nothing was merged.`, {
    cause: error,
    details: { table, constraint: constraintOf(error) },
  });
}

/** Moves back what still is where merging put it; what was taken away is put back. */
export async function moveBack(
  trx: Transaction<DB>,
  moved: readonly MovedRows[],
  { from, to }: { from: string; to: string },
): Promise<void> {
  for (const { table, column, key, rows, dropped } of [...moved].reverse()) {
    const [of, by] = [sql.table(table), sql.ref(column)];
    const same =
      key.length > 0
        ? sql`jsonb_build_object(${sql.join(key.flatMap((name) => [sql.lit(name), sql.ref(`r.${name}`)]))})`
        : sql`to_jsonb(r) - ${column}::text`;
    try {
      if (rows.length > 0) {
        await sql`UPDATE ${of} AS r SET ${by} = ${to}
          FROM jsonb_array_elements(${JSON.stringify(rows)}::jsonb) AS was
          WHERE r.${by} = ${from} AND ${same} = was`.execute(trx);
      }
      if (dropped.length > 0) {
        await sql`INSERT INTO ${of} SELECT * FROM jsonb_populate_recordset(NULL::${of}, ${JSON.stringify(dropped)}::jsonb)
          ON CONFLICT DO NOTHING`.execute(trx);
      }
    } catch (error) {
      throw refused(error, table);
    }
  }
}
