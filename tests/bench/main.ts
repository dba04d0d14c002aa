/** `npm run bench`: prints ratios, asserts nothing. All on this machine, in one run, on one PostgreSQL. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

process.env.NODE_ENV = 'production';
const root = fileURLToPath(new URL('../..', import.meta.url));
if (!existsSync(`${root}build/server/index.js`)) {
  const { status } = spawnSync('remix', ['vite:build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const { startGround } = await import('./ground.ts');
const { benchBooking } = await import('./booking.ts');
const { benchInvoiceRun } = await import('./invoice-run.ts');
const { benchWeek } = await import('./week.ts');
const { print } = await import('./line.ts');

const ground = await startGround();
try {
  console.log(`PostgreSQL ${ground.version}, Node ${process.version}, ${availableParallelism()} processors`);
  print([await benchBooking(ground)]);
  print([await benchInvoiceRun(ground)]);
  print([await benchWeek(ground)]);
} finally {
  await ground.stop();
}
