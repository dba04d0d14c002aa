import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Kysely } from 'kysely';
import { exportLedger, type LedgerFormat } from '#app/domain/billing/export-ledger.server.ts';
import type { DB } from '#db/types.ts';

const run = promisify(execFile);

const checkers: Record<LedgerFormat, { command: string; args: (file: string) => string[] }> = {
  hledger: { command: 'hledger', args: (file) => ['-f', file, 'check', '--strict'] },
  beancount: { command: 'bean-check', args: (file) => [file] },
};

/**
 * The books as text, held against the programs that read such books, balance assertions included: what they complain of,
 * or nothing. The set-up installs both where it can, and CI refuses to go on without them; elsewhere one that is not there
 * is passed over, with a note on the test.
 */
export async function booksProblems(db: Kysely<DB>, test: { annotate: (text: string) => unknown }): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lectern-books-'));
  const problems: string[] = [];
  try {
    for (const [format, { command, args }] of Object.entries(checkers) as [LedgerFormat, (typeof checkers)[LedgerFormat]][]) {
      const file = path.join(folder, `books.${format}`);
      let text = '';
      for await (const part of exportLedger(db, format)) text += part;
      await writeFile(file, text);
      try {
        await run(command, args(file), { maxBuffer: 2 ** 26 });
      } catch (error) {
        const { code, stderr, stdout } = error as { code?: string; stderr?: string; stdout?: string };
        if (code === 'ENOENT' && !process.env.CI) await test.annotate(`${command} is not here: its check was not run`);
        else problems.push(`${command}: ${String(stderr || stdout || error).slice(0, 2_000)}`);
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return problems.join('\n');
}
