import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { createCourse } from '#app/domain/groups/create-course.server.ts';
import { enrolInCourse } from '#app/domain/groups/enrol-in-course.server.ts';
import { joinWaitingList } from '#app/domain/groups/join-waiting-list.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { company, students, tutors } from './company.ts';
import { idOf } from './random.ts';
import { programIdOf, subjectIdOf } from './seed-people.server.ts';

const office: Actor = { userId: null, kind: 'system' };

interface DemoCourse {
  key: string;
  name: string;
  description: string;
  tutor: number;
  subject: Parameters<typeof subjectIdOf>[0];
  weekdays: ('MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU')[];
  time: string;
  minutes: number;
  occurrences: number;
  capacity: number;
  price: bigint | null;
  enrolled: number;
  waiting: number;
}

const courses: readonly DemoCourse[] = [
  {
    key: 'winter-writing',
    name: 'Winter essay workshop',
    description: 'Eight Saturdays: one essay from the first idea to the last draft. Bring paper; laptops stay closed.',
    tutor: 3,
    subject: 'writing',
    weekdays: ['SA'],
    time: '13:30',
    minutes: 90,
    occurrences: 8,
    capacity: 6,
    price: 48_000n,
    enrolled: 5,
    waiting: 0,
  },
  {
    key: 'science-fair',
    name: 'Science fair lab',
    description: 'Four Sundays to build, measure and present an experiment of your own.',
    tutor: 2,
    subject: 'chemistry',
    weekdays: ['SU'],
    time: '11:00',
    minutes: 90,
    occurrences: 4,
    capacity: 4,
    price: 24_000n,
    enrolled: 4,
    waiting: 2,
  },
];

/** Two courses to come (one nearly full, one full with a waiting list), and somebody who waits for a place in a group. */
export async function seedGroups(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const today = localDateOf(ctx.clock(), company.timezone);
  // From the back of the list: those in front have their own weekly groups on most days.
  const free = [...students].reverse();
  for (const course of courses) {
    const courseId = idOf('course', course.key);
    await createCourse(trx, ctx, office, {
      id: courseId,
      name: course.name,
      description: course.description,
      price: course.price,
      capacity: course.capacity,
      enrolUntil: null,
      inStorefront: true,
      programId: programIdOf('course'),
      subjectId: subjectIdOf(course.subject),
      tutorId: tutors[course.tutor]?.id ?? '',
      startsOn: addDays(today, 4),
      time: course.time,
      durationMinutes: course.minutes,
      weekdays: course.weekdays,
      occurrences: course.occurrences,
      mode: 'in_person',
      roomId: null,
      location: 'Study room, 4 Mill Lane',
    });
    const seriesId = courseId;
    for (let placed = 0; placed < course.enrolled; ) {
      const student = free.shift();
      if (!student) break;
      if (await enrols(trx, ctx, courseId, student.id)) placed++;
    }
    for (const student of free.splice(0, course.waiting))
      await joinWaitingList(trx, ctx, office, { seriesId, studentId: student.id });
  }
  await seedWaiting(trx, ctx);
}

/** False: they have something else at one of its hours. */
async function enrols(trx: Transaction<DB>, ctx: DomainContext, courseId: string, studentId: string): Promise<boolean> {
  try {
    await enrolInCourse(trx, ctx, office, { courseId, studentId, silent: true });
    return true;
  } catch (error) {
    if (isDomainError(error, 'student_conflict')) return false;
    throw error;
  }
}

/** The next lesson of a group has somebody waiting for it. */
async function seedWaiting(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const next = await trx
    .selectFrom('session')
    .select('id')
    .where('programId', '=', programIdOf('group'))
    .where('status', '=', 'scheduled')
    .where('startsAt', '>', ctx.clock())
    .orderBy('startsAt')
    .executeTakeFirst();
  const waits = students.at(-1);
  if (next && waits)
    await joinWaitingList(trx, ctx, office, { sessionId: next.id, studentId: waits.id, note: 'Can come any week' });
}
