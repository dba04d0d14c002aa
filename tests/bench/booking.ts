import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import type { Ground } from './ground.ts';
import type { BenchLine } from './line.ts';
import { pgbenchScript } from './pgbench-script.ts';
import { recordStatements } from './recorder.ts';
import { serveAsScheduler } from './serve-as-scheduler.ts';

const CLIENTS = 8;
const EACH = 40;

/** Booking a session through HTTP, all checks on, against pgbench with the statements of one such booking. */
export async function benchBooking(ground: Ground): Promise<BenchLine> {
  const line = { what: `Booking through HTTP, ${CLIENTS} at once`, promise: 'promised: at least 0.33 of pgbench' };
  const { url, context, origin, cookie, stop } = await serveAsScheduler(ground, 'bench_booking');
  try {
    const names = await fill(context.db);
    const body = (client: number, slot: number) => bookingForm(names, client, slot);
    const load = (clients: string[][]) => bookAll({ origin, cookie, clients });
    const range = (count: number, of: (i: number) => string) => Array.from({ length: count }, (_, i) => of(i));

    await load(range(CLIENTS, String).map((_, client) => range(5, (i) => body(client, i))));
    const elapsed = await load(range(CLIENTS, String).map((_, client) => range(EACH, (i) => body(client, 5 + i))));
    const ours = (CLIENTS * EACH) / (elapsed / 1000);
    const said = { ...line, ours: `${ours.toFixed(0)} bookings/s` };
    if (!ground.pgbench) return { ...said, against: 'pgbench is not installed', ratio: undefined };

    const recordedAt = new Date();
    const one = await recordStatements(() => load([[body(0, 3_000)]]));
    const other = await recordStatements(() => load([[body(1, 3_047)]]));
    const script = pgbenchScript(one, other, { recordedAt, own: ownOf(names) });
    const before = await countSessions(context.db);
    const tps = await pgbench(ground.pgbench, url, script);
    const booked = (await countSessions(context.db)) - before;
    if (booked !== CLIENTS * EACH) throw new Error(`pgbench booked ${booked} sessions instead of ${CLIENTS * EACH}`);
    return { ...said, against: `${tps.toFixed(0)} bookings/s by pgbench, ${one.length} statements each`, ratio: ours / tps };
  } finally {
    await stop();
  }
}

interface Names {
  programId: string;
  subjectId: string;
  own: { tutorId: string; studentId: string; clientId: string }[];
}

/** The id that SQL can say of a client's tutor or student by the client's number. */
const numbered = (what: string, client: number) => {
  const hex = createHash('md5').update(`${what} ${client}`).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-a$4-$5');
};

async function fill(db: Kysely<DB>): Promise<Names> {
  await anOrganisation(db, { meeting: 'meeting-jitsi' });
  const program = await aProgram(db);
  const subject = await aSubject(db);
  await aRate(db);
  await aRate(db, { side: 'pay', amountPerHour: 3000n });
  const own: Names['own'] = [];
  for (let client = 0; client < CLIENTS; client++) {
    const family = await aClient(db, { id: numbered('family', client) });
    const tutor = await aTutor(db, { id: numbered('tutor', client), subjectIds: [subject.id] });
    const student = await aStudent(db, { id: numbered('student', client), clientId: family.id });
    own.push({ tutorId: tutor.id, studentId: student.id, clientId: family.id });
  }
  return { programId: program.id, subjectId: subject.id, own };
}

function ownOf(names: Names): Map<string, string> {
  const said = (what: string) => `regexp_replace(md5('${what} ' || :client_id::text), '^(.{12}).(.{3}).', '\\18\\2a')::uuid`;
  return new Map(
    names.own.flatMap(({ tutorId, studentId, clientId }) => [
      [tutorId, said('tutor')],
      [studentId, said('student')],
      [clientId, said('family')],
    ]),
  );
}

/** Every second hour from the first of January on, so that nobody is asked for twice. */
function bookingForm(names: Names, client: number, slot: number): string {
  const at = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 0, 1) + slot * 7_200_000).toISOString();
  return new URLSearchParams({
    id: randomUUID(),
    programId: names.programId,
    subjectId: names.subjectId,
    tutorId: names.own[client]?.tutorId ?? '',
    studentIds: names.own[client]?.studentId ?? '',
    date: at.slice(0, 10),
    time: at.slice(11, 16),
    durationMinutes: '60',
    mode: 'online',
    billable: 'on',
    intent: 'book',
  }).toString();
}

function bookAll(workerData: { origin: string; cookie: string; clients: string[][] }): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('booking-load.js', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function countSessions(db: Kysely<DB>): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM session`.execute(db);
  return rows[0]?.count ?? 0;
}

async function pgbench(program: string, url: string, script: string): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lectern-bench-'));
  try {
    const file = path.join(folder, 'booking.sql');
    writeFileSync(file, script);
    const args = ['-n', '-M', 'extended', '-c', String(CLIENTS), '-j', '2', '-t', String(EACH), '-D', 'n=0', '-f', file];
    const { stdout } = await promisify(execFile)(program, [...args, url], { maxBuffer: 1 << 24 });
    const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1];
    if (!tps) throw new Error(`pgbench said: ${stdout}`);
    return Number(tps);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
