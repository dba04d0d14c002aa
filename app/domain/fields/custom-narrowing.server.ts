import { type RawBuilder, sql } from 'kysely';
import type { CustomFilter } from './custom-filter.ts';

/** True of a record the filters mean; `table` is what the record is called in the statement. */
export function customNarrowed(table: string, filters: readonly CustomFilter[] = []): RawBuilder<boolean> {
  const all = [sql<boolean>`true`, ...filters.map((filter) => oneNarrowed(sql.ref(`${table}.custom`), filter))];
  return sql<boolean>`(${sql.join(all, sql` AND `)})`;
}

function oneNarrowed(custom: RawBuilder<unknown>, { id, type, is, from, to }: CustomFilter): RawBuilder<boolean> {
  const text = sql<string>`(${custom} ->> ${id})`;
  switch (type) {
    case 'yes_no':
      return sql`${text} = ${is === 'yes' ? 'true' : 'false'}`;
    case 'choice':
      return sql`${text} = ${is}`;
    case 'choices':
      return sql`coalesce((${custom} -> ${id}) ? ${is}, false)`;
    case 'date':
      return sql`(${text} >= ${from || '0000'} AND ${text} <= ${to || '9999-99-99'})`;
    case 'number':
      return sql`CASE WHEN jsonb_typeof(${custom} -> ${id}) = 'number'
        THEN ${text}::numeric >= coalesce(${from || null}::numeric, '-infinity') AND ${text}::numeric <= coalesce(${to || null}::numeric, 'infinity')
        ELSE false END`;
    default:
      return sql`fold(${text}) LIKE fold(${`%${is.replace(/[\\%_]/g, '\\$&')}%`}::text)`;
  }
}
