import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { createApiKey } from '#app/domain/api/create-api-key.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { importCase } from '#app/domain/imports/import-case.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { openDatabase } from '#db/client.ts';
import type { DB } from '#db/types.ts';
import { anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import type { Ground } from './ground.ts';
import { serveAsScheduler } from './serve-as-scheduler.ts';

const SECONDS = 60;
/** Fifty in all. */
const CLIENTS = { page: 20, api: 12, import: 6, move: 8, cancel: 4 };
const TUTORS = 5;
const STUDENTS = 12;
const actor = { userId: null, kind: 'system' } as const;

/**
 * Clients by mixed paths on the same slots for a minute: the form and the API over HTTP, imports, moves, and cancellations that make
 * room again. Fails on an overlap, a deadlock, or an answer of 500 and above.
 * @returns lines to print
 */
export async function benchFight(ground: Ground, seconds = SECONDS): Promise<string[]> {
  const { url, context, origin, cookie, stop } = await serveAsScheduler(ground, 'bench_fight');
  const tally = new Tally();
  let http: Fought;
  try {
    const field = await fill(context.db);
    const until = performance.now() + seconds * 1000;
    const clients = (count: number, turn: (n: number) => Promise<void>) =>
      Promise.all(Array.from({ length: count }, (_, client) => repeat(until, (n) => turn(client * 100_000 + n))));
    [http] = await Promise.all([
      fightOverHttp({ origin, seconds, clients: [...pageClients(field, cookie), ...(await apiClients(context, field))] }),
      clients(CLIENTS.import, (n) => tally.of('import', () => importSome(context, field, n))),
      clients(CLIENTS.move, () => tally.of('move', () => moveOne(context, field))),
      clients(CLIENTS.cancel, () => tally.of('cancel', () => cancelOne(context))),
    ]);
  } finally {
    await stop();
  }
  return verdict(url, http, tally);
}

async function verdict(url: string, http: Fought, tally: Tally): Promise<string[]> {
  const database = openDatabase({ url, max: 1, onError: () => {} });
  try {
    const { rows } = await sql<{ overlaps: number; deadlocks: number; sessions: number }>`
      SELECT (SELECT count(*)::int FROM session_resource a JOIN session_resource b ON a.resource_id = b.resource_id AND a.ctid < b.ctid
                AND a.busy && b.busy AND a.blocking AND b.blocking) AS overlaps,
             (SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()) AS deadlocks,
             (SELECT count(*)::int FROM session) AS sessions`.execute(database.db);
    const { overlaps = -1, deadlocks = -1, sessions = 0 } = rows[0] ?? {};
    const broken = Object.keys(http.statuses).filter((key) => / 5\d\d/.test(key));
    const lines = [
      `\n${Object.values(CLIENTS).reduce((a, b) => a + b)} clients by mixed paths on the same slots for a minute`,
      `  booked   ${sessions} sessions of ${TUTORS} tutors; ${overlaps} overlaps, ${deadlocks} deadlocks, ${broken.length} answers of 500 and above`,
      `  answers  ${[...Object.entries(http.statuses), ...tally.counts].map(([key, count]) => `${key}: ${count}`).join(', ')}`,
      `  slowest  ${http.slowest.milliseconds.toFixed(0)} ms over HTTP (${http.slowest.path}); ${tally.slowest}`,
    ];
    if (overlaps !== 0 || deadlocks !== 0 || broken.length > 0)
      throw new Error(`${lines.join('\n')}\n  broken   ${broken.join('; ')}`);
    return lines;
  } finally {
    await database.close();
  }
}

/** How each turn of the paths without HTTP ended, and the slowest. An error that is none of the business ends the bench. */
class Tally {
  readonly counts = new Map<string, number>();
  private longest = { milliseconds: 0, path: '' };
  get slowest(): string {
    return `${this.longest.milliseconds.toFixed(0)} ms elsewhere (${this.longest.path})`;
  }
  async of(name: string, turn: () => Promise<string>): Promise<void> {
    const start = performance.now();
    const ended = await turn().catch((error) => {
      if (!isDomainError(error)) throw error;
      return error.code;
    });
    const milliseconds = performance.now() - start;
    if (milliseconds > this.longest.milliseconds) this.longest = { milliseconds, path: name };
    this.counts.set(`${name} ${ended}`, (this.counts.get(`${name} ${ended}`) ?? 0) + 1);
  }
}

async function repeat(until: number, turn: (n: number) => Promise<void>): Promise<void> {
  for (let n = 0; performance.now() < until; n++) {
    await turn(n);
    // Whoever answers over HTTP lives on the same thread.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Field {
  programId: string;
  programRef: string;
  subjectId: string;
  subjectRef: string;
  tutors: { id: string; ref: string }[];
  students: { id: string; ref: string }[];
}

async function fill(db: Kysely<DB>): Promise<Field> {
  await anOrganisation(db, { meeting: 'meeting-jitsi' });
  const program = await aProgram(db);
  const subject = await aSubject(db);
  await aRate(db);
  const tutors = await Promise.all(
    Array.from({ length: TUTORS }, (_, n) => aTutor(db, { subjectIds: [subject.id], bufferMinutes: n % 2 ? 15 : 0 })),
  );
  const students = await Promise.all(Array.from({ length: STUDENTS }, () => aStudent(db)));
  return {
    programId: program.id,
    programRef: program.ref,
    subjectId: subject.id,
    subjectRef: subject.ref,
    tutors,
    students,
  };
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

/** A quarter of an hour of an afternoon two weeks from now: few, so that all want the same. */
function aTime(): { date: string; time: string } {
  const date = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
  const minute = 14 * 60 + 15 * Math.floor(Math.random() * 24);
  return { date, time: `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}` };
}

interface HttpRequest {
  path: string;
  headers: Record<string, string>;
  body: string;
}

function pageClients(field: Field, cookie: string): HttpRequest[][] {
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  const request = (): HttpRequest => {
    const body = new URLSearchParams({
      programId: field.programId,
      subjectId: field.subjectId,
      tutorId: pick(field.tutors).id,
      studentIds: pick(field.students).id,
      ...aTime(),
      durationMinutes: '60',
      mode: 'online',
      billable: 'on',
      intent: 'book',
    });
    return { path: '/office/sessions/new', headers, body: `id=$ID&${body}` };
  };
  return Array.from({ length: CLIENTS.page }, () => Array.from({ length: 50 }, request));
}

/** Each with a key of its own, since calls are counted by key. */
async function apiClients(context: AppContext, field: Field): Promise<HttpRequest[][]> {
  const keys = await Promise.all(
    Array.from({ length: CLIENTS.api }, (_, n) =>
      createApiKey(context.db, context, actor, {
        id: randomUUID(),
        name: `Client ${n}`,
        scopes: ['sessions:write'],
        expiresAt: null,
      }),
    ),
  );
  const body = () => {
    const { date, time } = aTime();
    return JSON.stringify({
      programId: field.programId,
      subjectId: field.subjectId,
      tutorId: pick(field.tutors).id,
      studentIds: [pick(field.students).id],
      wallStart: `${date}T${time}`,
      durationMinutes: 60,
      mode: 'online',
    });
  };
  return keys.map(({ key }) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    return Array.from({ length: 50 }, () => ({ path: '/api/v1/sessions', headers, body: body() }));
  });
}

interface Fought {
  statuses: Record<string, number>;
  slowest: { milliseconds: number; path: string };
}

function fightOverHttp(workerData: { origin: string; seconds: number; clients: HttpRequest[][] }): Promise<Fought> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('fight-load.js', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** Five sessions of a file, on the times that everybody wants. */
async function importSome(context: AppContext, field: Field, n: number): Promise<string> {
  const directory = mkdtempSync(path.join(tmpdir(), 'lectern-fight-'));
  try {
    const rows = Array.from({ length: 5 }, (_, i) => {
      const { date, time } = aTime();
      const [tutor, student] = [pick(field.tutors).ref, pick(field.students).ref];
      return `F${n}-${i},${tutor},${student},${field.programRef},${field.subjectRef},${date}T${time},60,in_person,,yes,`;
    });
    const heading = 'id,tutor,students,program,subject,starts_at,duration_minutes,mode,location,billable,description';
    writeFileSync(path.join(directory, 'sessions.csv'), [heading, ...rows, ''].join('\n'));
    const { refused } = await importCase(context.db, context, { directory });
    return refused.length === rows.length ? 'all refused' : 'took some';
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function aSession(db: Kysely<DB>): Promise<{ id: string; version: number } | undefined> {
  return db
    .selectFrom('session')
    .select(['id', 'version'])
    .where('status', '=', 'scheduled')
    .orderBy(sql`random()`)
    .limit(1)
    .executeTakeFirst();
}

async function moveOne(context: AppContext, field: Field): Promise<string> {
  const session = await aSession(context.db);
  if (!session) return 'nothing there';
  const { date, time } = aTime();
  await rescheduleSession(context.db, context, actor, {
    sessionId: session.id,
    version: session.version,
    wallStart: `${date}T${time}`,
    durationMinutes: 60,
    tutorId: pick(field.tutors).id,
  });
  return 'moved';
}

async function cancelOne(context: AppContext): Promise<string> {
  const session = await aSession(context.db);
  if (!session) return 'nothing there';
  await cancelSession(context.db, context, actor, { sessionId: session.id, by: 'office', reason: 'room for others' });
  return 'cancelled';
}
