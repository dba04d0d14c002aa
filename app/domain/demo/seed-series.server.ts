import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { company, tutors } from './company.ts';
import type { DemoSession } from './plan.ts';
import { idOf } from './random.ts';
import { programIdOf, subjectIdOf, userIdOf } from './seed-people.server.ts';
import { type WeeklyLesson, weeklyPlan } from './weekly-plan.ts';

/** Lessons that are series: the first goes on, the others have a last day. */
const GOES_ON = 'oliver-algebra';
const SERIES = [GOES_ON, 'zoe-english', 'lena-biology', 'group-spanish', 'alone-S039'] as const;
const BYDAY = ['', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** A few of the weekly lessons are series, made of the sessions that are booked already: nothing of the money changes. */
export async function seedSeries(trx: Transaction<DB>, ctx: DomainContext, sessions: readonly DemoSession[]): Promise<void> {
  const lessons = weeklyPlan().filter((lesson) => (SERIES as readonly string[]).includes(lesson.key));
  for (const lesson of lessons) {
    const own = sessions.filter((session) => session.key.startsWith(`${lesson.key}-`));
    await seedOne(trx, ctx, lesson, own);
  }
}

async function seedOne(
  trx: Transaction<DB>,
  ctx: DomainContext,
  lesson: WeeklyLesson,
  sessions: readonly DemoSession[],
): Promise<void> {
  const now = ctx.clock();
  const days = sessions.map((session) => session.wallStart.slice(0, 10)).sort();
  const [first = '', last = first] = [days[0], days.at(-1)];
  const id = idOf('series', lesson.key);
  const goesOn = lesson.key === GOES_ON;
  const sample = sessions[0];
  const meeting = sample
    ? await trx.selectFrom('meeting').select('installId').where('sessionId', '=', sample.id).executeTakeFirst()
    : undefined;
  const row = sample
    ? await trx.selectFrom('session').select(['location', 'placeId']).where('id', '=', sample.id).executeTakeFirst()
    : undefined;
  await trx
    .insertInto('series')
    .values({
      id,
      tutorId: tutors[lesson.tutor]?.id ?? '',
      programId: programIdOf(lesson.program),
      subjectId: subjectIdOf(lesson.subject),
      rrule: `FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=${BYDAY[lesson.weekday]}`,
      startsOn: first,
      startMinute: lesson.at,
      durationMinutes: lesson.minutes,
      zone: company.timezone,
      untilOn: goesOn ? null : last,
      rolledTo: goesOn ? addDays(last, 7) : last,
      mode: lesson.mode,
      location: row?.location ?? '',
      placeId: row?.placeId ?? null,
      meetingInstallId: meeting?.installId ?? null,
      createdBy: userIdOf('scheduler'),
    })
    .execute();
  await trx
    .insertInto('seriesStudent')
    .values(lesson.students.map((student) => ({ seriesId: id, studentId: student.id, fromOn: first })))
    .execute();
  await sql`
    UPDATE session SET series_id = ${id}::uuid, original_date = local_date
    WHERE id = ANY(${sessions.map((session) => session.id)}::uuid[])`.execute(trx);
  const skips = gaps(days).map((date) => ({
    seriesId: id,
    originalDate: date,
    reason: 'clash',
    note: 'Something else was planned then.',
  }));
  if (goesOn) {
    // What the office finds in the morning: a day that the night had to leave out, and a holiday that is still to come.
    const note = 'The tutor is already taken then (or within their buffer).';
    await trx
      .insertInto('seriesSkip')
      .values({ seriesId: id, originalDate: addDays(last, 7), reason: 'clash', note, toDecide: true })
      .execute();
    skips.push({ seriesId: id, originalDate: addDays(last, 14), reason: 'pause', note: 'Holidays' });
  }
  if (skips.length > 0) await trx.insertInto('seriesSkip').values(skips).execute();
  if (lesson.key === 'zoe-english') await moveOne(trx, ctx, sessions, now);
}

/** Weeks of the rule in which there was no lesson. */
function gaps(days: readonly string[]): string[] {
  const found: string[] = [];
  for (let date = days[0] ?? ''; date < (days.at(-1) ?? ''); date = addDays(date, 7)) if (!days.includes(date)) found.push(date);
  return found;
}

/** A lesson that was moved by itself to a Sunday, when nobody teaches: an exception of its series. */
async function moveOne(trx: Transaction<DB>, ctx: DomainContext, sessions: readonly DemoSession[], now: Date): Promise<void> {
  const session = sessions.find((one) => one.startsAt.getTime() > now.getTime() + 8 * 86_400_000 && one.endings.length === 0);
  if (!session) return;
  const { version } = await trx.selectFrom('session').select('version').where('id', '=', session.id).executeTakeFirstOrThrow();
  const date = localDateOf(session.startsAt, company.timezone);
  const sunday = addDays(date, 7 - (new Date(`${date}T12:00:00Z`).getUTCDay() || 7));
  const scheduler: Actor = { userId: userIdOf('scheduler'), kind: 'user' };
  await rescheduleSession(trx, ctx, scheduler, {
    sessionId: session.id,
    version,
    wallStart: `${sunday}T10:00`,
    durationMinutes: session.minutes,
    silent: true,
  });
}
