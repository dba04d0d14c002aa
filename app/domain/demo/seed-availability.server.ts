import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { addAvailabilityException } from '#app/domain/scheduling/add-availability-exception.server.ts';
import { decideTimeOff } from '#app/domain/scheduling/decide-time-off.server.ts';
import { requestTimeOff } from '#app/domain/scheduling/request-time-off.server.ts';
import { setAvailability } from '#app/domain/scheduling/set-availability.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { tidyWeek, type WeekSpan, weekdayOf } from '#app/domain/scheduling/week-plan.ts';
import type { DB } from '#db/types.ts';
import { company, type DemoTutor, tutors } from './company.ts';
import { idOf } from './random.ts';
import { userIdOf } from './seed-people.server.ts';
import { weeklyPlan } from './weekly-plan.ts';

const ZONE_OFFSET: Record<string, number> = { 'America/Chicago': -60 };

/** When the demo's tutors can teach (around what they teach each week), days that differ, and time off. */
export async function seedAvailability(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const lessons = weeklyPlan();
  for (const [index, tutor] of tutors.entries()) {
    // One has not said anything yet, so that the page of a new tutor can be seen.
    if (index === tutors.length - 1) continue;
    const own = lessons.filter((lesson) => lesson.tutor === index);
    await setAvailability(trx, ctx, actorOf(tutor, index), {
      tutorId: tutor.id,
      stamp: '',
      from: null,
      until: null,
      spans: weekOf(tutor, index, own),
    });
  }
  await seedDays(trx, ctx);
}

function weekOf(
  tutor: DemoTutor,
  index: number,
  lessons: readonly { weekday: number; at: number; minutes: number }[],
): WeekSpan[] {
  const shift = ZONE_OFFSET[tutor.timezone ?? ''] ?? 0;
  const span = (weekday: number, from: number, to: number) => ({ weekday, startMinute: from + shift, endMinute: to + shift });
  const usual = [1, 2, 3, 4, 5]
    // Each keeps an afternoon for themselves, where nothing is planned in it.
    .filter((weekday) => weekday !== 1 + (index % 5) || lessons.some((lesson) => lesson.weekday === weekday))
    .map((weekday) => span(weekday, 15 * 60, (index % 3 === 0 ? 20 : 21) * 60));
  const mornings = index % 4 === 1 ? [span(2, 9 * 60, 12 * 60), span(4, 9 * 60, 12 * 60)] : [];
  const saturday = index % 2 === 0 ? [span(6, 9 * 60, 13 * 60)] : [];
  const taught = lessons.map((lesson) => span(lesson.weekday, lesson.at, lesson.at + lesson.minutes + tutor.buffer));
  return tidyWeek([...usual, ...mornings, ...saturday, ...taught.map(onHalfHours)]);
}

const onHalfHours = ({ weekday, startMinute, endMinute }: WeekSpan): WeekSpan => ({
  weekday,
  startMinute: Math.floor(startMinute / 30) * 30,
  endMinute: Math.ceil(endMinute / 30) * 30,
});

async function seedDays(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const today = localDateOf(ctx.clock(), company.timezone);
  const monday = addDays(today, 8 - weekdayOf(today));
  const [maya, lukasz, sakura, daniel] = tutors;
  if (!maya || !lukasz || !sakura || !daniel) throw new Error('the demo company lacks tutors');
  const day = (key: string, tutor: DemoTutor, localDate: string, open: boolean, from: number, to: number, note: string) =>
    addAvailabilityException(trx, ctx, actorOf(tutor, tutors.indexOf(tutor)), {
      id: idOf('exception', key),
      tutorId: tutor.id,
      localDate,
      open,
      startMinute: from * 60,
      endMinute: to * 60,
      note,
    });
  await day('extra', maya, addDays(monday, 6), true, 10, 14, 'Extra hours before the exams');
  await day('dentist', maya, addDays(monday, 10), false, 15, 17, 'Dentist');
  await day('concert', daniel, addDays(monday, 4), false, 0, 24, 'Choir concert');
  const off = (key: string, tutor: DemoTutor, fromDate: string, toDate: string, reason: string) =>
    requestTimeOff(
      trx,
      ctx,
      actorOf(tutor, tutors.indexOf(tutor)),
      { id: idOf('time-off', key), tutorId: tutor.id, fromDate, toDate, fromTime: null, toTime: null, reason },
      'tutor',
    );
  await off('waiting', sakura, addDays(monday, 9), addDays(monday, 11), 'My sister’s wedding in Boston');
  await off('mine', maya, addDays(monday, 28), addDays(monday, 32), 'Visiting my parents');
  await off('approved', lukasz, addDays(monday, 21), addDays(monday, 25), 'Skiing with the family');
  await decideTimeOff(
    trx,
    ctx,
    { userId: userIdOf('scheduler'), kind: 'user' },
    { id: idOf('time-off', 'approved'), version: 1, approve: true, note: 'Have a good time' },
  );
}

const actorOf = (tutor: DemoTutor, index: number): Actor => ({
  userId: userIdOf(index === 0 ? 'tutor' : tutor.key),
  kind: 'user',
});
