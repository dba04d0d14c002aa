import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { Archivable } from './archive-record.server.ts';
import { type ListFilter, type ListPage, PAGE_SIZE } from './list-filter.ts';

/** True where every word asked for is found, whatever its accents and case: "jose" finds "José". */
export function matches(text: Expression<string | null>, q: string): Expression<SqlBool> {
  const words = q.split(/\s+/).filter(Boolean);
  const conditions = words.map((word) => {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    return sql<SqlBool>`lower(unaccent(${text}) collate "und-x-icu") like lower(unaccent(${pattern}::text) collate "und-x-icu")`;
  });
  return conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}

/** Names in the order people expect them in, whatever the database's own locale: "Ångström" among the As. */
export const byName = (column: string) => sql<string>`${sql.ref(column)} collate "und-x-icu"`;

/** Which part of the list is asked for, and the counts around it. */
export async function pageOf(
  db: Kysely<DB>,
  kind: Archivable,
  filter: ListFilter,
  where: (eb: ExpressionBuilder<DB, Archivable>) => Expression<SqlBool>,
): Promise<Omit<ListPage<never>, 'rows'> & { offset: number }> {
  const counts = await db
    .selectFrom(kind)
    .select((eb) => [
      eb.fn.countAll<bigint>().filterWhere('archivedAt', 'is', null).as('active'),
      eb.fn.countAll<bigint>().filterWhere('archivedAt', 'is not', null).as('archived'),
      eb.fn
        .countAll<bigint>()
        .filterWhere(eb.and([eb('archivedAt', filter.archived ? 'is not' : 'is', null), where(eb)]))
        .as('total'),
    ])
    .executeTakeFirstOrThrow();
  const total = Number(counts.total);
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = Math.min(filter.page, pages);
  return { total, page, pages, active: Number(counts.active), archived: Number(counts.archived), offset: (page - 1) * PAGE_SIZE };
}
