/** `npm run bench`: prints ratios; only the fight for slots and the run that is killed assert. All on this machine, in one run, on one PostgreSQL. */
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
const { print } = await import('./line.ts');
type Ground = Awaited<ReturnType<typeof startGround>>;

const benches: Record<string, (ground: Ground) => Promise<void>> = {
  booking: async (ground) => print([await (await import('./booking.ts')).benchBooking(ground)]),
  invoices: async (ground) => {
    print([await (await import('./invoice-run.ts')).benchInvoiceRun(ground)]);
    console.log((await (await import('./killed.ts')).benchKilled(ground)).join('\n'));
  },
  reports: async (ground) => print(await (await import('./reports.ts')).benchReports(ground)),
  reminders: async (ground) => print(await (await import('./reminders.ts')).benchReminders(ground)),
  instant: async (ground) => print([await (await import('./instant.ts')).benchInstant(ground)]),
  week: async (ground) => print([await (await import('./week.ts')).benchWeek(ground)]),
  board: async (ground) => print(await (await import('./board.ts')).benchBoard(ground)),
  classroom: async () => print(await (await import('./classroom.ts')).benchClassroom()),
  matching: async (ground) => print(await (await import('./matching.ts')).benchMatching(ground)),
  slots: async (ground) => print([await (await import('./slots.ts')).benchSlots(ground)]),
  fight: async (ground) => console.log((await (await import('./fight.ts')).benchFight(ground)).join('\n')),
};

// `npm run bench -- slots fight` runs these alone.
const named = process.argv.slice(2);
const chosen = Object.entries(benches).filter(([name]) => named.length === 0 || named.includes(name));
const ground = await startGround();
try {
  console.log(`PostgreSQL ${ground.version}, Node ${process.version}, ${availableParallelism()} processors`);
  for (const [, bench] of chosen) await bench(ground);
} finally {
  await ground.stop();
}
