/** The built application on a demo company made afresh, for the browser tests; ends when they do. */
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '#db/client.ts';
import { startEmbedded } from '#db/embedded.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dataDir = `${root}.cache/e2e`;
const server = await startEmbedded({ dataDir, database: 'postgres', unsafeFast: true });
const admin = openDatabase({ url: server.url, max: 1, onError: () => {} });
await admin.pool.query('drop database if exists lectern_e2e with (force)');
await admin.pool.query('create database lectern_e2e');
await admin.close();
rmSync(`${dataDir}/sealing-key`, { force: true });

const env: NodeJS.ProcessEnv = {
  ...process.env,
  LECTERN_MODE: 'demo',
  NODE_ENV: 'production',
  LECTERN_DATA_DIR: dataDir,
  DATABASE_URL: server.url.replace(/postgres$/, 'lectern_e2e'),
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
};
const seeded = spawnSync(process.execPath, ['app/cli/main.ts', 'seed', 'demo'], { cwd: root, stdio: 'inherit', env });
if (seeded.status !== 0) {
  await server.stop();
  process.exit(1);
}
// The tests teach on whatever day they run: one on which the demo's company is closed would refuse them.
const { pool, close } = openDatabase({ url: env.DATABASE_URL ?? '', max: 1, onError: () => {} });
await pool.query(
  "delete from closure where daterange(starts_on, ends_on, '[]') && daterange(current_date - 1, current_date + 14, '[]')",
);
await close();
const app = spawn(process.execPath, ['app/server/main.ts'], { cwd: root, stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.kill(signal));
app.on('exit', async (code) => {
  await server.stop();
  process.exit(code ?? 1);
});
