import type { Kysely } from 'kysely';
import { countReferences } from '#app/domain/merging/references.server.ts';
import type { DB } from '#db/types.ts';
import { getPeopleOf, type PrivacyKind } from './people-of.server.ts';
import { listWhatStandsInTheWay } from './stands-in-the-way.server.ts';

export interface KeptOf {
  ref: string;
  name: string;
  erasedAt: Date | null;
  /** Of a client: the family's students. */
  students: number;
  /** What hangs on the record, by table. */
  rows: { table: string; count: number }[];
  /** Why they can't be erased yet, as sentences. */
  inTheWay: string[];
}

/** What is kept of a person, and whether they can be erased. @throws DomainError not_found */
export async function getKeptOf(db: Kysely<DB>, kind: PrivacyKind, id: string): Promise<KeptOf> {
  const people = await getPeopleOf(db, kind, id);
  return {
    ref: people.ref,
    name: people.name,
    erasedAt: people.erasedAt,
    students: kind === 'client' ? people.studentIds.length : 0,
    rows: await countReferences(db, kind, id),
    inTheWay: people.erasedAt ? [] : await listWhatStandsInTheWay(db, people),
  };
}
