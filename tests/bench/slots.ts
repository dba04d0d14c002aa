import { type Kysely, sql } from 'kysely';
import { listSlots } from '#app/domain/scheduling/list-slots.server.ts';
import { type Database, openDatabase } from '#db/client.ts';
import type { DB } from '#db/types.ts';
import { anOrganisation, aProgram, aSubject } from '#tests/factories/index.ts';
import { aPolicyVersion } from '#tests/factories/money.ts';
import { testContext } from '#tests/setup/context.ts';
import type { Ground } from './ground.ts';
import { type BenchLine, median, milliseconds } from './line.ts';
import { recordStatements, type Statement } from './recorder.ts';

const TUTORS = 50;
const WEEKS = 52;
const PER_WEEK = 30;
const ROUNDS = 15;
const FOUR_WEEKS = { fromDate: '2026-06-01', toDate: '2026-06-29' };

/** The free slots of a tutor for four weeks, in a year of 50 tutors, against the statements they take alone. */
export async function benchSlots(ground: Ground): Promise<BenchLine> {
  const database = openDatabase({
    url: await ground.database('bench_slots'),
    max: 4,
    statementTimeoutMs: 300_000,
    onError: () => {},
  });
  try {
    const { programId, tutorIds } = await fill(database.db);
    const context = testContext(database.db, { now: '2026-05-31T12:00:00Z' });
    const search = { programId, durationMinutes: 30, ...FOUR_WEEKS, mode: 'in_person', by: 'family' } as const;
    const load = (ids: string[]) => listSlots(database.db, context, { ...search, tutorIds: ids });
    const one = tutorIds.slice(0, 1);
    const found = await load(one);
    if (found.length === 0) throw new Error('the tutor has no free slot');
    const statements = await recordStatements(() => load(one));
    const ours: number[] = [];
    const floor: number[] = [];
    const all: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await milliseconds(async () => JSON.stringify(await load(one))));
      floor.push(await milliseconds(() => alone(database, statements)));
    }
    for (let round = 0; round < 3; round++) all.push(await milliseconds(() => load(tutorIds)));
    return {
      what: `Free slots of a tutor for 4 weeks, ${TUTORS * WEEKS * PER_WEEK} sessions of ${TUTORS} tutors stored`,
      ours: `${median(ours).toFixed(1)} ms for ${found.length} slots in ${statements.length} statements`,
      against: `${median(floor).toFixed(1)} ms for those statements alone`,
      ratio: median(ours) / median(floor),
      promise: 'one round of queries; no ratio is promised',
      note: `of all ${TUTORS} tutors: ${median(all).toFixed(0)} ms, in as many statements`,
    };
  } finally {
    await database.close();
  }
}

async function alone(database: Database, statements: readonly Statement[]): Promise<void> {
  for (const { text, values } of statements) await database.pool.query(text, values);
}

/** Hours on weekday afternoons and a session on every one of them for a year. */
async function fill(db: Kysely<DB>): Promise<{ programId: string; tutorIds: string[] }> {
  await anOrganisation(db);
  const program = await aProgram(db);
  const subject = await aSubject(db);
  const policy = await aPolicyVersion(db);
  await sql`INSERT INTO tutor (ref, first_name, last_name, timezone, buffer_minutes)
    SELECT 'T' || i, 'Tess', 'Tutor ' || i, 'Europe/Dublin', 10 FROM generate_series(1, ${TUTORS}::int) i`.execute(db);
  await sql`INSERT INTO availability_rule (tutor_id, weekday, start_minute, end_minute)
    SELECT id, d, 600, 1260 FROM tutor, generate_series(1, 6) d`.execute(db);
  await sql`
    INSERT INTO session (ref, tutor_id, program_id, subject_id, starts_at, ends_at, duration_minutes, wall_start, zone, local_date, mode, policy_version_id)
    SELECT t.ref || '-' || w || '-' || i, t.id, ${program.id}, ${subject.id}, at, at + interval '1 hour', 60, at::timestamp, 'Europe/Dublin', at::date, 'online', ${policy}
    FROM tutor t, generate_series(0, ${WEEKS}::int - 1) w, generate_series(0, ${PER_WEEK}::int - 1) i,
      LATERAL (SELECT '2026-01-05T00:00:00Z'::timestamptz + make_interval(weeks => w, days => i / 5, hours => 10 + 2 * (i % 5)) AS at) a`.execute(
    db,
  );
  await sql`INSERT INTO session_resource (session_id, resource_id, busy)
    SELECT id, tutor_id, tstzrange(starts_at, ends_at + interval '10 minutes') FROM session`.execute(db);
  await sql`ANALYZE`.execute(db);
  const tutors = await db.selectFrom('tutor').select('id').orderBy('ref').execute();
  return { programId: program.id, tutorIds: tutors.map(({ id }) => id) };
}
