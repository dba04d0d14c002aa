import { type Kysely, sql } from 'kysely';
import { chance } from '#app/domain/demo/random.ts';
import type { DB } from '#db/types.ts';
import { anOrganisation, aProgram, aSubject } from '#tests/factories/index.ts';

export const REQUESTS = 2_000;
export const TUTORS = 300;
const SUBJECTS = 12;

/**
 * A term's beginning: so many families ask, for one or two sessions a week in one of twelve subjects, half of them at a few
 * afternoons only; the tutors teach three subjects each and have hardly the hours that are asked for.
 */
export async function fillMarket(db: Kysely<DB>): Promise<void> {
  let drawn = 0;
  const random = () => chance('term', drawn++);
  const upTo = (n: number) => Math.floor(random() * n);
  await anOrganisation(db);
  const program = await aProgram(db);
  const subjects: string[] = [];
  for (let i = 0; i < SUBJECTS; i++) subjects.push((await aSubject(db)).id);
  const asked = Array.from({ length: REQUESTS }, (_, i) => ({
    i,
    subjectId: subjects[upTo(SUBJECTS)],
    minutes: [45, 60, 60, 60, 90][upTo(5)] ?? 60,
    times:
      random() < 0.5
        ? []
        : Array.from({ length: 2 + upTo(3) }, (__, day) => ({ day: 1 + ((upTo(2) + day * 2) % 5), from: 14 + upTo(3) })),
    perWeek: random() < 0.7 ? 1 : 2,
    urgency: ['low', 'normal', 'normal', 'high'][upTo(4)],
  }));
  const minutes = asked.reduce((sum, one) => sum + one.minutes * one.perWeek, 0);
  const weights = Array.from({ length: TUTORS }, () => 0.4 + random());
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const tutors = weights.map((weight, i) => ({
    i,
    hours: Math.max(2, Math.round(((minutes / 60) * weight) / all)),
    from: 13 + upTo(3),
    subjects: [...new Set([upTo(SUBJECTS), upTo(SUBJECTS), upTo(SUBJECTS)])].map((index) => subjects[index]),
  }));
  await sql`INSERT INTO tutor (ref, first_name, last_name, timezone, max_hours_per_week)
    SELECT 'T' || i, 'Tess', 'Tutor ' || i, 'Europe/Dublin', hours
    FROM jsonb_to_recordset(${JSON.stringify(tutors)}::jsonb) AS t (i int, hours int)`.execute(db);
  await sql`INSERT INTO availability_rule (tutor_id, weekday, start_minute, end_minute)
    SELECT t.id, d, r.from * 60, r.from * 60 + 420 FROM jsonb_to_recordset(${JSON.stringify(tutors)}::jsonb) AS r (i int, "from" int)
    JOIN tutor t ON t.ref = 'T' || r.i, generate_series(1, 5) d`.execute(db);
  await sql`INSERT INTO tutor_subject (tutor_id, subject_id)
    SELECT t.id, s::uuid FROM jsonb_to_recordset(${JSON.stringify(tutors)}::jsonb) AS r (i int, subjects jsonb)
    JOIN tutor t ON t.ref = 'T' || r.i, jsonb_array_elements_text(r.subjects) s`.execute(db);
  await sql`INSERT INTO client (ref, name) SELECT 'C' || i, 'Family ' || i FROM generate_series(0, ${REQUESTS - 1}::int) i`.execute(
    db,
  );
  await sql`INSERT INTO student (ref, client_id, first_name, last_name)
    SELECT 'S' || substr(ref, 2), id, 'Sam', 'Student ' || substr(ref, 2) FROM client`.execute(db);
  const rows = JSON.stringify(asked);
  await sql`
    INSERT INTO request (ref, client_id, student_id, subject_id, program_id, stage_id, mode, session_minutes, sessions_per_week,
      zone, urgency, created_at)
    SELECT 'R' || i, s.client_id, s.id, "subjectId", ${program.id}, (SELECT id FROM request_stage WHERE kind = 'new'), 'online', minutes,
      "perWeek", 'Europe/Dublin', urgency, now() - make_interval(hours => i % 700)
    FROM jsonb_to_recordset(${rows}::jsonb) AS r (i int, "subjectId" uuid, minutes int, "perWeek" int, urgency text)
    JOIN student s ON s.ref = 'S' || i`.execute(db);
  await sql`
    INSERT INTO request_time (request_id, weekday, start_minute, end_minute, wished)
    SELECT q.id, t.day, min(t.from) * 60, min(t.from) * 60 + 240, true
    FROM jsonb_to_recordset(${rows}::jsonb) AS r (i int, times jsonb) JOIN request q ON q.ref = 'R' || r.i,
      jsonb_to_recordset(r.times) AS t (day int, "from" int) GROUP BY q.id, t.day`.execute(db);
  await sql`ANALYZE`.execute(db);
}
