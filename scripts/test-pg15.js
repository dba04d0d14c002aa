/**
 * `npm run test:pg15`: the integration tests on Debian's PostgreSQL 15, started for this in a directory of its own.
 * PG_BIN names another installation's programs, e.g. of a later version.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '../db/embedded.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const binDir = process.env.PG_BIN ?? '/usr/lib/postgresql/15/bin';

if (!existsSync(`${binDir}/postgres`)) {
  process.stderr.write(`There is no PostgreSQL in ${binDir}. On Debian: apt-get install postgresql-15\n`);
  process.exit(process.env.CI ? 1 : 0);
}

const server = await startEmbedded({
  dataDir: `${root}.cache/tests-${binDir.replace(/\W+/g, '-')}`,
  database: 'postgres',
  binDir,
  unsafeFast: true,
  maxConnections: 400,
  log: (message) => process.stderr.write(`${message}\n`),
});
let status = 1;
try {
  const args = ['run', '--project', 'integration', ...process.argv.slice(2)];
  const env = { ...process.env, TEST_DATABASE_URL: server.url };
  status = spawnSync('vitest', args, { cwd: root, stdio: 'inherit', env }).status ?? 1;
} finally {
  await server.stop();
}
process.exit(status);
