import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import type { Organisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import type { CsvRow } from './csv-file.server.ts';

/** In the order of precedence: a row is refused with the first that applies. */
export const refusalCodes = [
  'duplicate_reference',
  'unknown_reference',
  'invalid_value',
  'nonexistent_time',
  'tutor_conflict',
  'student_conflict',
  'no_show_too_early',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export interface RefusedRow {
  file: string;
  line: number;
  id: string;
  code: RefusalCode;
  message: string;
}

/** What is found wrong with a row; it is refused with the most important of them. */
export class Findings {
  private readonly found = new Map<RefusalCode, string>();
  add(code: RefusalCode, message: string): undefined {
    if (!this.found.has(code)) this.found.set(code, message);
    return undefined;
  }
  get worst(): { code: RefusalCode; message: string } | undefined {
    for (const code of refusalCodes) {
      const message = this.found.get(code);
      if (message !== undefined) return { code, message };
    }
    return undefined;
  }
}

/** What all the files of one import share. */
export interface ImportRun {
  trx: Transaction<DB>;
  ctx: DomainContext;
  actor: Actor;
  directory: string;
  refused: RefusedRow[];
  organisation: Organisation;
  /** Decimals of the currency. */
  digits: number;
}

/** Refuses the row if anything was found. */
export function refuse(run: ImportRun, file: string, row: CsvRow, id: string, findings: Findings): boolean {
  const worst = findings.worst;
  if (worst) run.refused.push({ file, line: row.line, id, ...worst });
  return worst !== undefined;
}

/** True for the second and every further row with an id. */
export function repeats(seen: Set<string>, id: string, findings: Findings): boolean {
  if (id === '') findings.add('invalid_value', 'the id is empty');
  else if (seen.has(id)) findings.add('duplicate_reference', `${id} is there twice`);
  else seen.add(id);
  return findings.worst !== undefined;
}

/** A reference for rows that have none of their own: what they say, and the how-manieth they are to say it. */
export function contentRefs(kind: string) {
  const counts = new Map<string, number>();
  return (cells: readonly string[]): string => {
    const hash = createHash('sha256').update(JSON.stringify(cells)).digest('hex').slice(0, 24);
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    return `import:${kind}:${hash}:${count}`;
  };
}

type Referenced = 'subject' | 'program' | 'tutor' | 'client' | 'student';

/** The ids behind the references of a table. */
export async function idsByRef(trx: Transaction<DB>, table: Referenced): Promise<Map<string, string>> {
  const rows = await trx.selectFrom(table).select(['ref', 'id']).execute();
  return new Map(rows.map((row) => [row.ref, row.id]));
}
