import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { askForSession } from '#app/domain/booking-requests/ask-for-session.server.ts';
import { decideBookingRequest } from '#app/domain/booking-requests/decide-booking-request.server.ts';
import type { OwnPlanner } from '#app/domain/booking-requests/planner.server.ts';
import { listSlots, type Slot } from '#app/domain/scheduling/list-slots.server.ts';
import { listSessions } from '#app/domain/scheduling/queries.server.ts';
import { addDays, addMinutes, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { company, type DemoStudent, families, students, tutors } from './company.ts';
import { chance, idOf } from './random.ts';
import { programIdOf, subjectIdOf, userIdOf } from './seed-people.server.ts';
import { type WeeklyLesson, weeklyPlan } from './weekly-plan.ts';

const scheduler: Actor = { userId: userIdOf('scheduler'), kind: 'user' };

/**
 * Who plans beside the office: a senior tutor, families who may and who ask, one engagement of which nothing is planned,
 * and requests in every state.
 */
export async function seedWays(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  await seedRights(trx, ctx);
  await seedIdle(trx, ctx);
  await seedRequests(trx, ctx);
}

const engagementIdOf = (lesson: WeeklyLesson, student: DemoStudent) => idOf('engagement', lesson.key, student.key);

async function seedRights(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const [senior, , , reader] = tutors;
  const override = (tutorId: string | undefined, rules: object) =>
    trx
      .updateTable('tutor')
      .set({ schedulingOverrides: JSON.stringify(rules) })
      .where('id', '=', tutorId ?? '')
      .execute();
  await override(senior?.id, { tutor: { book: true, move: true, cancel: true }, requestsTo: 'tutor' });
  await override(reader?.id, { tutor: { move: true }, requestsTo: 'tutor' });
  // Who comes to the house can be rung.
  await trx
    .updateTable('program')
    .set({ schedulingOverrides: JSON.stringify({ contactsVisible: true }) })
    .where('id', '=', programIdOf('home'))
    .execute();
  for (const lesson of weeklyPlan()) {
    for (const student of lesson.students) {
      const dice = chance('who', lesson.key, student.key);
      const who =
        lesson.key === 'oliver-algebra'
          ? 'any'
          : lesson.students.length > 1 || dice < 0.7
            ? null
            : dice < 0.8
              ? 'office'
              : dice < 0.9
                ? 'tutor'
                : 'family';
      await trx
        .updateTable('engagement')
        .set({ whoMaySchedule: who, createdAt: addMinutes(ctx.clock(), -50 * 1440) })
        .where('id', '=', engagementIdOf(lesson, student))
        .execute();
    }
  }
}

/** Agreed ten days ago, and nothing booked since: the senior tutor and a student whom she has not taught yet. */
async function seedIdle(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const [senior] = tutors;
  const taught = new Set(weeklyPlan().flatMap((lesson) => (lesson.tutor === 0 ? lesson.students.map(({ key }) => key) : [])));
  const student = students.findLast(({ key }) => !taught.has(key));
  if (!senior || !student) throw new Error('the demo company lacks people');
  const since = addMinutes(ctx.clock(), -10 * 1440);
  await trx
    .insertInto('engagement')
    .values({
      id: idOf('engagement', 'idle'),
      tutorId: senior.id,
      studentId: student.id,
      programId: programIdOf('one'),
      subjectId: subjectIdOf('calculus'),
      hoursPerWeek: '1.00',
      startsOn: localDateOf(since, company.timezone),
      createdAt: since,
      chasedAt: addMinutes(since, 3 * 1440),
      officeToldAt: addMinutes(since, 6 * 1440),
      notes: 'Wants to begin after the autumn concert.',
    })
    .execute();
}

async function seedRequests(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const lessons = weeklyPlan();
  const lessonOf = (key: string) => {
    const lesson = lessons.find((one) => one.key === key);
    const [student] = lesson?.students ?? [];
    if (!lesson || !student) throw new Error(`the demo has no lesson ${key}`);
    return { lesson, student };
  };
  const family = plannerOf(0);
  const hannah: Actor = { userId: userIdOf('family'), kind: 'user' };
  const ago = (hours: number): DomainContext => ({ ...ctx, clock: () => addMinutes(ctx.clock(), -60 * hours) });

  // Oliver has a match: another time for physics, still to answer.
  const physics = lessonOf('oliver-physics');
  const [session] = await upcoming(trx, ctx, physics.student, tutors[physics.lesson.tutor]?.id ?? '');
  const [later] = await freeTimes(trx, ctx, physics.lesson, physics.student, 9);
  if (session && later) {
    const { requestId } = await askForSession(trx, ago(5), hannah, family, {
      kind: 'move',
      sessionId: session.id,
      ...timeOf(later),
      note: 'He has a match that afternoon.',
    });
    await age(trx, requestId, ago(5));
  }

  // A second hour of English: two other times are offered.
  const english = lessonOf('zoe-english');
  const [wanted, first, second] = await freeTimes(trx, ctx, english.lesson, english.student, 4);
  if (wanted && first && second) {
    const { requestId } = await askForSession(trx, ago(20), hannah, family, {
      kind: 'new',
      engagementId: engagementIdOf(english.lesson, english.student),
      mode: 'online',
      ...timeOf(wanted),
      note: 'A second hour before the essay is due.',
    });
    await age(trx, requestId, ago(20));
    await decideBookingRequest(trx, ago(3), scheduler, {
      requestId,
      decision: {
        kind: 'propose',
        times: [timeOf(first), timeOf(second)],
        note: 'Daniel is at a school visit then. Would one of these do?',
      },
    });
  }

  // Too soon: declined, with the reason.
  const [again] = await freeTimes(trx, ctx, physics.lesson, physics.student, 16);
  if (again) {
    const { requestId } = await askForSession(trx, ago(70), hannah, family, {
      kind: 'new',
      engagementId: engagementIdOf(physics.lesson, physics.student),
      mode: 'online',
      ...timeOf(again),
      note: 'An extra hour, if there is room.',
    });
    await age(trx, requestId, ago(70));
    await decideBookingRequest(trx, ago(50), scheduler, {
      requestId,
      decision: { kind: 'decline', reason: 'Łukasz keeps that week for exam papers. We can look at the week after.' },
    });
  }

  // Of the senior tutor's other students, one asks her.
  const own = lessons.find((lesson) => lesson.tutor === 0 && lesson.students.length === 1 && lesson.key !== 'oliver-algebra');
  const [student] = own?.students ?? [];
  if (!own || !student) return;
  const [free] = await freeTimes(trx, ctx, own, student, 5);
  if (!free) return;
  const { requestId } = await askForSession(trx, ago(2), { userId: null, kind: 'system' }, plannerOf(student.familyIndex), {
    kind: 'new',
    engagementId: engagementIdOf(own, student),
    mode: own.mode,
    ...timeOf(free),
    note: 'Could we do one more before the test?',
  });
  await age(trx, requestId, ago(2));
}

function plannerOf(familyIndex: number): OwnPlanner {
  const family = families[familyIndex];
  if (!family) throw new Error('the demo lacks a family');
  return { by: 'family', clientIds: [family.id], studentIds: family.students.map((student) => student.id) };
}

const timeOf = (slot: Slot) => ({
  wallStart: slot.wallStart,
  zone: slot.zone,
  durationMinutes: Math.round((slot.endsAt.getTime() - slot.startsAt.getTime()) / 60_000),
});

async function upcoming(trx: Transaction<DB>, ctx: DomainContext, student: DemoStudent, tutorId: string) {
  const from = addMinutes(ctx.clock(), 3 * 1440);
  return listSessions(trx, { studentIds: [student.id], tutorId, from, statuses: ['scheduled'], limit: 1 });
}

/** Hours that are free for both, one a day, from so many days ahead. */
async function freeTimes(
  trx: Transaction<DB>,
  ctx: DomainContext,
  lesson: WeeklyLesson,
  student: DemoStudent,
  inDays: number,
): Promise<Slot[]> {
  const from = addDays(localDateOf(ctx.clock(), company.timezone), inDays);
  const slots = await listSlots(trx, ctx, {
    tutorIds: [tutors[lesson.tutor]?.id ?? ''],
    programId: programIdOf(lesson.program),
    studentIds: [student.id],
    durationMinutes: 60,
    mode: 'online',
    by: 'family',
    fromDate: from,
    toDate: addDays(from, 14),
  });
  const byDay = new Map(slots.toReversed().map((slot) => [slot.wallStart.slice(0, 10), slot]));
  return [...byDay.values()].toReversed();
}

/** As if it had been asked then: the database's own clock can't be set back. */
async function age(trx: Transaction<DB>, requestId: string, ctx: DomainContext): Promise<void> {
  await sql`UPDATE booking_request SET created_at = ${ctx.clock()} WHERE id = ${requestId}`.execute(trx);
}
