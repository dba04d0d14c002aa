import { sql, type Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { createCourse } from '#app/domain/groups/create-course.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { weekdayOf } from '#app/domain/scheduling/week-plan.ts';
import type { DB } from '#db/types.ts';
import { company, tutors } from './company.ts';
import { idOf } from './random.ts';
import { programIdOf, subjectIdOf, userIdOf } from './seed-people.server.ts';

/** What the tutors of the booking page say of themselves. */
const words: Record<string, string> = {
  T01: 'I show where a formula comes from before we use it. Most of my students come for one exam and stay for the next.',
  T02: 'Physics is easier with a ball, a ramp and a stopwatch. Bring what you are stuck on, and we start there.',
  T03: 'Chemistry and biology, calmly, with many small drawings.',
  T04: 'Essays get better by writing them. I read every draft and say what works first.',
  T05: 'From cells to stoichiometry: short explanations, long practice.',
  T06: 'On parle! Conversation from the first lesson on, grammar where it helps.',
  T07: 'Sixteen years of SAT preparation. We begin with a test, and know after an hour what to work on.',
  T09: 'Spanish for school and for life; I was a journalist in Oviedo.',
  T10: 'Calculus without fear. I teach AP and first-year college.',
};

/** The booking page is open: one-to-one lessons with nine tutors and a course, booked at once. */
export async function seedStorefront(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  await sql`UPDATE organisation SET scheduling = scheduling || ${JSON.stringify({
    storefront: { enabled: true, confirm: 'at_once', holdMinutes: 10, embedOrigins: [] },
  })}::jsonb`.execute(trx);
  // The chess club is marked too, and has no rate yet: the office sees why nobody can book it.
  await trx
    .updateTable('program')
    .set({ inStorefront: true })
    .where('id', 'in', [programIdOf('one'), programIdOf('club')])
    .execute();
  for (const tutor of tutors) {
    const text = words[tutor.key];
    if (text === undefined) continue;
    await trx.updateTable('tutor').set({ inStorefront: true, storefrontText: text }).where('id', '=', tutor.id).execute();
  }
  const teacher = tutors.find(({ key }) => key === 'T10');
  if (!teacher) throw new Error('the demo company lacks a tutor');
  const today = localDateOf(ctx.clock(), company.timezone);
  await createCourse(
    trx,
    ctx,
    { userId: userIdOf('scheduler'), kind: 'user' },
    {
      id: idOf('course', 'sat'),
      name: 'SAT on Sundays',
      description: 'A practice test at the beginning and at the end, and what lies between them in small steps.',
      price: 42_000n,
      capacity: 6,
      enrolUntil: null,
      inStorefront: true,
      programId: programIdOf('course'),
      subjectId: subjectIdOf('sat'),
      tutorId: teacher.id,
      // The Sunday after the next one.
      startsOn: addDays(today, 14 - weekdayOf(today)),
      time: '14:00',
      durationMinutes: 90,
      weekdays: ['SU'],
      occurrences: 6,
      mode: 'online',
      roomId: null,
      location: '',
    },
  );
}
