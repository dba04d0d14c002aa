import { type RawBuilder, sql, type Transaction } from 'kysely';
import { UNSAID } from '#app/domain/audit/changed-fields.ts';
import type { DB } from '#db/types.ts';
import { columnsOf, PERSONAL_DATA } from './personal-data.ts';

/** Lines that are on an issued document are fixed. */
const OPEN: Readonly<Record<string, string>> = { pay_item: 'run_id IS NULL', charge: 'run_id IS NULL' };

/** What others are called and where they live: whoever has the same name, or the same address, keeps it. */
const OWN: Readonly<Record<string, string>> = {
  client: 'name phone address',
  student: 'first_name last_name',
  tutor: 'first_name last_name phone home_address',
  users: 'name',
  place: 'address',
  mail_message: 'to_address',
};

/**
 * Takes names, addresses and numbers out of everything that people wrote, whomever it hangs on: in the place of each
 * stands an ellipsis. Whole ones alone, since a first name can be anybody's; in what was written of sessions they shared
 * with others, and in mails of those, each of their names by itself too.
 */
export async function scrubNames(trx: Transaction<DB>, { names, words, sharedSessionIds }: ScrubbedNames): Promise<void> {
  const { rows: types } = await sql<{ table: string; column: string; type: string }>`
    SELECT table_name::text AS table, column_name::text AS column, udt_name::text AS type
    FROM information_schema.columns WHERE table_schema = 'public'`.execute(trx);
  await unsayReasons(trx, names);
  const typeOf = (table: string, column: string) => types.find((row) => row.table === table && row.column === column)?.type;
  for (const table of Object.keys(PERSONAL_DATA)) {
    const own = (OWN[table] ?? '').split(' ');
    for (const column of columnsOf(table, 'text').filter((name) => !own.includes(name))) {
      const type = typeOf(table, column);
      if (type !== 'text' && type !== 'jsonb') continue;
      const where = OPEN[table] ? sql.raw(OPEN[table]) : sql`true`;
      await replace(trx, { table, column, type, pattern: anyOf(names, type), where });
      const of = table === 'session' ? 'id' : typeOf(table, 'session_id') ? 'session_id' : undefined;
      if (!of || sharedSessionIds.length === 0) continue;
      await replace(trx, {
        table,
        column,
        type,
        pattern: anyOf(words, type),
        where: sql`${where} AND ${sql.ref(of)} = ANY(${[...sharedSessionIds]}::uuid[])`,
      });
    }
  }
}

export interface ScrubbedNames {
  /** Whole names, addresses, numbers. */
  names: readonly string[];
  /** First and last names by themselves. */
  words: readonly string[];
  sharedSessionIds: readonly string[];
}

/** A reason in the log that names them is taken out whole: the log lets nothing else of it be changed. */
async function unsayReasons(trx: Transaction<DB>, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await sql`SELECT set_config('lectern.erasing', 'on', true)`.execute(trx);
  await sql`UPDATE audit_log SET reason = ${UNSAID} WHERE reason <> '' AND reason ~* ${anyOf(names, 'text')}`.execute(trx);
  await sql`SELECT set_config('lectern.erasing', '', true)`.execute(trx);
}

/** Within JSON, a letter after a backslash is the end of a line. */
const BEGINS = { text: '(?<![[:alnum:]])', jsonb: '((?<![[:alnum:]])|(?<=\\\\[bfnrt]))' };

/** The longest first, and none within a longer word; within JSON they stand as JSON writes them. */
function anyOf(texts: readonly string[], type: 'text' | 'jsonb'): string {
  if (texts.length === 0) return '';
  const any = [...texts]
    .sort((a, b) => b.length - a.length)
    .map((text) => (type === 'jsonb' ? JSON.stringify(text).slice(1, -1) : text))
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');
  return `${BEGINS[type]}(${any})(?![[:alnum:]])`;
}

interface Replaced {
  table: string;
  column: string;
  type: 'text' | 'jsonb';
  pattern: string;
  where: RawBuilder<unknown>;
}

async function replace(trx: Transaction<DB>, { table, column, type, pattern, where }: Replaced): Promise<void> {
  if (pattern === '') return;
  const [of, value] = [sql.ref(column), type === 'jsonb' ? sql`${sql.ref(column)}::text` : sql.ref(column)];
  const scrubbed = sql`regexp_replace(${value}, ${pattern}, '…', 'gi')`;
  await sql`UPDATE ${sql.table(table)} SET ${of} = ${type === 'jsonb' ? sql`${scrubbed}::jsonb` : scrubbed}
    WHERE ${value} ~* ${pattern} AND ${where}`.execute(trx);
}
