import { type Kysely, type RawBuilder, sql } from 'kysely';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export const FOUND_KINDS = [
  'tutor',
  'client',
  'student',
  'request',
  'session',
  'course',
  'program',
  'subject',
  'place',
  'invoice',
  'credit_note',
] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

export interface Found {
  kind: FoundKind;
  id: string;
  title: string;
  /** What tells it from another of the same name. */
  detail: string;
  archived: boolean;
}

/** So many of each kind. */
const MOST = 6;

/**
 * Everything that somebody may open and that has all the words in it: parts of words, words with a typo, without their
 * accents; numbers of sessions and documents by how they begin. The best first, at most six of a kind.
 * @param may what the reader may see: a kind that isn't named is not looked into
 */
export async function search(db: Kysely<DB>, q: string, may: ReadonlySet<FoundKind>): Promise<Found[]> {
  const words = wordsOf(q);
  if (words.join('').length < 2) return [];
  const parts = FOUND_KINDS.filter((kind) => may.has(kind)).map((kind) => sources[kind](words));
  if (parts.length === 0) return [];
  return inTransaction(db, async (trx) => {
    // A typo in a word of six letters still leaves a third of its trigrams.
    await sql`SELECT set_config('pg_trgm.word_similarity_threshold', '0.4', true)`.execute(trx);
    const { rows } = await sql<Found & { rank: number }>`
      ${sql.join(
        parts.map((part) => sql`SELECT * FROM (${part}) of_a_kind`),
        sql` UNION ALL `,
      )}
      ORDER BY rank DESC, title, id`.execute(trx);
    return rows.map(({ rank: _, ...found }) => found);
  });
}

/** At most six words; a telephone number is one, whatever people put between its digits. */
function wordsOf(q: string): string[] {
  const said = q.normalize('NFC').replaceAll('\0', ' ').trim();
  if (/^[+()\d\s./-]+$/.test(said)) return said.replaceAll(/\D/g, '').length > 3 ? [said.replaceAll(/\s/g, '')] : [];
  return said.split(/\s+/).filter(Boolean).slice(0, 6);
}

type Source = (words: readonly string[]) => RawBuilder<unknown>;

const like = (word: string) => word.replace(/[\\%_]/g, '\\$&');

/** Every word is in it or nearly, in any order. */
const has = (text: RawBuilder<unknown>, words: readonly string[]) =>
  sql<boolean>`(${sql.join(
    words.map((word) => {
      const digits = /^[+()\d./-]{4,}$/.test(word) ? word.replaceAll(/\D/g, '') : '';
      const part = sql`(${text} LIKE '%' || fold(${like(word)}) || '%'`;
      if (digits.length > 3) return sql`${part} OR ${text} LIKE ${`%${digits.replace(/^0+/, '')}%`})`;
      // Short words are meant as they stand, and a number has no typos.
      if (word.length < 4 || /\d/.test(word)) return sql`${part})`;
      return sql`${part} OR ${text} %> fold(${word}))`;
    }),
    sql` AND `,
  )})`;

/** Begins with what was typed, then how near it is; what is archived comes last. */
const rank = (text: RawBuilder<unknown>, words: readonly string[], archived: RawBuilder<unknown>) => {
  const all = words.join(' ');
  return sql`(CASE WHEN ${text} LIKE fold(${like(all)}) || '%' THEN 1 ELSE 0 END
    + word_similarity(fold(${all}), ${text}) - CASE WHEN ${archived} THEN 2 ELSE 0 END)::float8 AS rank`;
};

const best = sql`ORDER BY rank DESC, id LIMIT ${sql.lit(MOST)}`;

/** Of what has a short name alone, and of which there are few. */
const named =
  (kind: FoundKind, table: string, detail: RawBuilder<unknown>): Source =>
  (words) => {
    const text = sql`fold(${sql.ref(`${table}.name`)})`;
    const archived = sql`${sql.ref(`${table}.archivedAt`)} IS NOT NULL`;
    return sql`SELECT ${kind}::text AS kind, id, name AS title, ${detail} AS detail, ${archived} AS archived,
      ${rank(text, words, archived)} FROM ${sql.table(table)} WHERE ${has(text, words)} ${best}`;
  };

/** By its number: whoever types one means this one. */
const byNumber = (column: RawBuilder<unknown>, words: readonly string[]) =>
  sql<boolean>`lower(${column}) LIKE lower(${like(words.join(' '))}) || '%'`;

const sources: Record<FoundKind, Source> = {
  tutor: (words) => {
    const [text, archived] = [sql`search_text(tutor)`, sql`archived_at IS NOT NULL`];
    return sql`SELECT 'tutor'::text AS kind, id, trim(first_name || ' ' || last_name) AS title,
      concat_ws(', ', nullif(status, 'active'), email) AS detail, ${archived} AS archived, ${rank(text, words, archived)}
      FROM tutor WHERE ${has(text, words)} ${best}`;
  },
  client: (words) => {
    const [text, archived] = [sql`search_text(client)`, sql`archived_at IS NOT NULL`];
    return sql`SELECT 'client'::text AS kind, id, name AS title, coalesce(email::text, ref) AS detail, ${archived} AS archived,
      ${rank(text, words, archived)} FROM client WHERE ${has(text, words)} ${best}`;
  },
  student: (words) => {
    const [text, archived] = [sql`search_text(student)`, sql`archived_at IS NOT NULL`];
    return sql`SELECT 'student'::text AS kind, id, trim(first_name || ' ' || last_name) AS title,
      (SELECT c.name FROM client c WHERE c.id = student.client_id) AS detail, ${archived} AS archived,
      ${rank(text, words, archived)} FROM student WHERE ${has(text, words)} ${best}`;
  },
  // By its number, or by whom it is for.
  request: (words) => {
    const [text, closed] = [sql`search_text(st)`, sql`r.closed_at IS NOT NULL`];
    return sql`SELECT 'request'::text AS kind, r.id, concat_ws(' ', st.first_name, nullif(st.last_name, '')) || ': ' || coalesce(su.name, 'any subject') AS title,
      r.ref || ', ' || stage.name AS detail, ${closed} AS archived, ${rank(text, words, closed)}
      FROM request r JOIN student st ON st.id = r.student_id JOIN request_stage stage ON stage.id = r.stage_id
           LEFT JOIN subject su ON su.id = r.subject_id
      WHERE ${has(text, words)} OR ${byNumber(sql`r.ref`, words)} ${best}`;
  },
  session: (
    words,
  ) => sql`SELECT 'session'::text AS kind, s.id, coalesce(nullif(s.title, ''), su.name) || ', ' || s.local_date AS title,
      s.ref || ', ' || trim(t.first_name || ' ' || t.last_name) AS detail, false AS archived, 1.5::float8 AS rank
      FROM session s JOIN subject su ON su.id = s.subject_id JOIN tutor t ON t.id = s.tutor_id
      WHERE ${byNumber(sql`s.ref`, words)} ORDER BY s.ref LIMIT ${sql.lit(MOST)}`,
  course: named('course', 'course', sql`ref`),
  program: named('program', 'program', sql`ref`),
  subject: named('subject', 'subject', sql`''`),
  place: named('place', 'place', sql`address`),
  invoice: (words) => sql`SELECT 'invoice'::text AS kind, id, number_text AS title, client_name || ', ' || issued_on AS detail,
      false AS archived, 1.5::float8 AS rank FROM invoice
      WHERE ${byNumber(sql`number_text`, words)} ORDER BY number_text LIMIT ${sql.lit(MOST)}`,
  credit_note: (words) => sql`SELECT 'credit_note'::text AS kind, n.id, n.number_text AS title,
      i.client_name || ', ' || n.issued_on AS detail, false AS archived, 1.5::float8 AS rank
      FROM credit_note n JOIN invoice i ON i.id = n.invoice_id
      WHERE ${byNumber(sql`n.number_text`, words)} ORDER BY n.number_text LIMIT ${sql.lit(MOST)}`,
};
