import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

export interface TermRow {
  id: string;
  name: string;
  startsOn: string;
  /** Its last day. */
  endsOn: string;
  version: number;
  /** How many late cancellations were free as ones of it. */
  used: number;
}

/** Of all terms, the latest first. One statement. */
export async function listTerms(db: Kysely<DB>): Promise<TermRow[]> {
  const { rows } = await sql<TermRow>`
    SELECT t.id, t.name, t.starts_on, t.ends_on, t.version, count(a.id)::int AS used
    FROM term t LEFT JOIN attendance a ON a.waived_term_id = t.id
    GROUP BY t.id ORDER BY t.starts_on DESC`.execute(db);
  return rows;
}

/** @throws DomainError not_found */
export async function getTerm(db: Kysely<DB>, id: string): Promise<TermRow> {
  const term = (await listTerms(db)).find((one) => one.id === id);
  if (!term) throw new DomainError('not_found', 'This term is not there.');
  return term;
}
