import { readdir, stat } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { expireCredits } from '#app/domain/billing/expire-credits.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { autoCompleteSessions } from '#app/domain/closeout/auto-complete-sessions.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { importCancellations } from './import-cancellations.server.ts';
import { importCloseOuts } from './import-close-outs.server.ts';
import { importOrganisation } from './import-organisation.server.ts';
import { importClients, importPrograms, importStudents, importSubjects, importTutors } from './import-people.server.ts';
import { importAdjustments, importPackages, importRates } from './import-rates.server.ts';
import type { ImportRun, RefusedRow } from './import-run.server.ts';
import { importSessions, lockNamed, readCancellations } from './import-sessions.server.ts';

/** What a company consists of. Any may be missing, but not all: that is another folder than was meant. */
const files = [
  'organisation.json',
  'subjects.csv',
  'programs.csv',
  'tutors.csv',
  'clients.csv',
  'students.csv',
  'rates.csv',
  'packages.csv',
  'sessions.csv',
  'cancellations.csv',
  'closeouts.csv',
  'attendance.csv',
  'adjustments.csv',
];

const importer: Actor = { userId: null, kind: 'import' };

class DryRun extends Error {
  readonly refused: RefusedRow[];
  constructor(refused: RefusedRow[]) {
    super('dry run');
    this.refused = refused;
  }
}

/**
 * Reads the files of a company's months. A bad row is refused with its file, line, id and code, and the rest goes on; it
 * takes what was taught, so availability and limits are not asked. All of it is one transaction; importing again changes
 * nothing and reports the same. No mails are sent.
 * @throws DomainError not_found without the directory or its files, invalid_value for an unusable organisation.json or a file
 * without its columns
 */
export async function importCase(
  db: Kysely<DB>,
  ctx: DomainContext,
  input: { directory: string; dryRun?: boolean },
): Promise<{ refused: RefusedRow[] }> {
  const found = await stat(input.directory).catch(() => undefined);
  if (!found?.isDirectory()) throw new DomainError('not_found', `There is no directory ${input.directory}`);
  const there = await readdir(input.directory);
  if (!files.some((file) => there.includes(file)))
    throw new DomainError('not_found', `Nothing to import in ${input.directory}: it has none of ${files.join(', ')}`);
  try {
    return await inTransaction(db, async (trx) => {
      const organisation = await importOrganisation(trx, ctx, input.directory);
      const digits = currencyDigits(organisation.currency);
      const settleLater = new Map<string, boolean>();
      const run: ImportRun = {
        trx,
        ctx: { ...ctx, settleLater },
        actor: importer,
        directory: input.directory,
        refused: [],
        organisation,
        digits,
      };
      await importSubjects(run);
      await importPrograms(run);
      await importTutors(run);
      await importClients(run);
      await importStudents(run);
      await lockNamed(run);
      await importRates(run);
      await importPackages(run);
      const cancellations = await readCancellations(run);
      const sessions = await importSessions(run, cancellations);
      await importCancellations(run, cancellations, sessions);
      await importCloseOuts(run, sessions);
      await importAdjustments(run);
      // Once each, in the order of the file: a credit that a cancellation gives back was never in another's way.
      for (const [sessionId, fresh] of settleLater) await assessSession(trx, ctx, sessionId, { fresh });
      await autoCompleteSessions(trx, ctx, importer);
      await expireCredits(trx, ctx);
      if (input.dryRun) throw new DryRun(run.refused);
      return { refused: run.refused };
    });
  } catch (error) {
    if (error instanceof DryRun) return { refused: error.refused };
    throw error;
  }
}
