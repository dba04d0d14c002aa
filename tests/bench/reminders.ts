import { type Kysely, sql } from 'kysely';
import { remindSessions } from '#app/domain/messages/remind-sessions.server.ts';
import { startWork } from '#app/jobs/work.ts';
import type { DB } from '#db/types.ts';
import { anOrganisation, aProgram, aSubject } from '#tests/factories/index.ts';
import { aPolicyVersion } from '#tests/factories/money.ts';
import { fakeSmtp } from '#tests/fakes/smtp-server.ts';
import type { Ground } from './ground.ts';
import { type BenchLine, median, milliseconds } from './line.ts';
import { serveAsScheduler } from './serve-as-scheduler.ts';

const SESSIONS = 10_000;
/** Noon in the zone of all readers: none waits for the morning. */
const NOW = new Date('2027-03-02T12:00:00Z');
const WATCHED_MS = 30_000;

/** 10,000 sessions of the same minute tomorrow: written in one run, sent at the pace, and the pages beside it. */
export async function benchReminders(ground: Ground): Promise<BenchLine[]> {
  const { context, origin, cookie, stop } = await serveAsScheduler(ground, 'bench_reminders');
  const smtp = await fakeSmtp();
  try {
    const { db, config } = context;
    await fill(db);
    const quietly = await pageTimes(origin, cookie);

    const heap = watchHeap();
    let written = 0;
    const took = await milliseconds(async () => {
      written = await remindSessions(db, { ...context, clock: () => NOW });
    });
    const grown = heap.stop();

    // From here on as in a process that serves pages and works: the queue, the pace, a mail server.
    config.smtpUrl = smtp.url;
    await startWork(context, context.queue);
    const beside = await pageTimes(origin, cookie);
    const rate = (smtp.received.length / WATCHED_MS) * 60_000;
    return [
      {
        what: `${written} reminders of ${SESSIONS} sessions that begin in the same minute, written to the outbox in one run`,
        ours: `${(took / 1_000).toFixed(1)} s, heap grown by at most ${(grown / 2 ** 20).toFixed(0)} MB`,
        against: '60 s, until the next run',
        ratio: took / 60_000,
        promise: 'below 1',
      },
      {
        what: 'The list of sessions over HTTP while they are sent by the same process, and before',
        ours: `${median(beside).toFixed(0)} ms (slowest of ${beside.length}: ${Math.max(...beside).toFixed(0)} ms), ${rate.toFixed(0)} mails a minute of ${config.mailPerMinute} allowed`,
        against: `${median(quietly).toFixed(0)} ms (slowest of ${quietly.length}: ${Math.max(...quietly).toFixed(0)} ms)`,
        ratio: median(beside) / median(quietly),
        promise: 'about 1',
        note: 'the mail server runs in this process too',
      },
    ];
  } finally {
    await stop();
    await smtp.close();
  }
}

/** How long a page takes, asked for again and again. */
async function pageTimes(origin: string, cookie: string): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + WATCHED_MS;
  while (performance.now() < end) {
    times.push(
      await milliseconds(async () => {
        const answer = await fetch(`${origin}/office/sessions`, { headers: { cookie } });
        await answer.text();
        if (answer.status !== 200) throw new Error(`the list of sessions was answered with ${answer.status}`);
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return times;
}

function watchHeap() {
  const start = process.memoryUsage().heapUsed;
  let most = start;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().heapUsed);
  }, 20);
  return {
    stop: () => {
      clearInterval(timer);
      return most - start;
    },
  };
}

async function fill(db: Kysely<DB>): Promise<void> {
  const { installs } = await anOrganisation(db);
  const program = await aProgram(db);
  const subject = await aSubject(db, { name: 'Algebra' });
  const policy = await aPolicyVersion(db);
  const startsAt = new Date(NOW.getTime() + 86_400_000);
  await sql`UPDATE organisation SET timezone = 'Europe/Dublin'`.execute(db);
  await sql`INSERT INTO tutor (ref, first_name, last_name, timezone, email)
    SELECT 'T' || i, 'Tess', 'Tutor ' || i, 'Europe/Dublin', 't' || i || '@bench.test' FROM generate_series(1, ${SESSIONS}::int) i`.execute(
    db,
  );
  await sql`INSERT INTO client (ref, name, email) SELECT 'C' || i, 'Family ' || i, 'c' || i || '@bench.test' FROM generate_series(1, ${SESSIONS}::int) i`.execute(
    db,
  );
  await sql`INSERT INTO student (ref, client_id, first_name, last_name) SELECT 'S' || ref, id, 'Sam', ref FROM client`.execute(
    db,
  );
  await sql`
    WITH made AS (
      INSERT INTO session (ref, tutor_id, program_id, subject_id, starts_at, ends_at, duration_minutes, wall_start, zone, local_date, mode, status, policy_version_id)
      SELECT 'R' || t.ref, t.id, ${program.id}::uuid, ${subject.id}::uuid, ${startsAt}, ${startsAt}::timestamptz + interval '1 hour', 60,
             '2027-03-03T12:00', 'Europe/Dublin', '2027-03-03', 'online', 'scheduled', ${policy}::uuid
      FROM tutor t RETURNING id, ref)
    INSERT INTO attendance (session_id, student_id, client_id, billing_install_id)
    SELECT m.id, st.id, st.client_id, ${installs['billing-invoicing'] ?? ''}::uuid
    FROM made m JOIN student st ON st.ref = 'SC' || substring(m.ref FROM 3)`.execute(db);
  await sql`UPDATE reminder_run SET done_to = ${new Date(NOW.getTime() - 60_000)}`.execute(db);
  await sql`VACUUM ANALYZE`.execute(db);
}
