import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { createRequest } from '#app/domain/requests/create-request.server.ts';
import { moveRequest } from '#app/domain/requests/move-request.server.ts';
import { newRequestSchema } from '#app/domain/requests/request.schema.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { addTask } from '#app/domain/tasks/add-task.server.ts';
import { newTaskSchema } from '#app/domain/tasks/task.schema.ts';
import type { DB } from '#db/types.ts';
import { company, families, type SubjectKey } from './company.ts';
import { idOf } from './random.ts';
import { programIdOf, subjectIdOf, userIdOf } from './seed-people.server.ts';

const scheduler: Actor = { userId: userIdOf('scheduler'), kind: 'user' };
const guest: Actor = { userId: null, kind: 'guest' };

type Span = [weekday: number, from: number, to: number, wished?: boolean];

interface Asked {
  /** A family of the company, or a new one by name, phone and child. */
  family: number | [name: string, phone: string, child: string, grade: string];
  subject: SubjectKey;
  mode: 'online' | 'in_person' | null;
  perWeek: number;
  minutes: number;
  daysAgo: number;
  /** Where it went, and how many days ago. */
  moves?: [stage: string, daysAgo: number, reason?: string][];
  times: Span[];
  said: string;
  over?: Record<string, unknown>;
}

const weekdays = (from: number, to: number, wished = false): Span[] => [1, 2, 3, 4, 5].map((day) => [day, from, to, wished]);

const asked: Asked[] = [
  {
    family: 2,
    subject: 'calculus',
    mode: 'online',
    perWeek: 2,
    minutes: 60,
    daysAgo: 0,
    times: [...weekdays(17, 21), [2, 18, 20, true], [4, 18, 20, true]],
    said: 'Twice a week before the exams in May, evenings.',
    over: { urgency: 'high' },
  },
  {
    family: 9,
    subject: 'writing',
    mode: 'in_person',
    perWeek: 1,
    minutes: 45,
    daysAgo: 2,
    times: [
      [1, 15, 18],
      [3, 15, 18, true],
    ],
    said: 'A patient tutor for reading aloud, in person.',
    over: { assigneeId: null, tags: ['Patient'] },
  },
  {
    family: 16,
    subject: 'spanish',
    mode: 'online',
    perWeek: 1,
    minutes: 60,
    daysAgo: 6,
    moves: [
      ['In contact', 5],
      ['Matching', 1],
    ],
    times: [...weekdays(16, 20), [6, 10, 13, true]],
    said: 'Conversation practice before a move to Madrid.',
    over: { wishLanguages: ['es'] },
  },
  {
    family: 23,
    subject: 'chemistry',
    mode: 'online',
    perWeek: 1,
    minutes: 60,
    daysAgo: 9,
    moves: [
      ['In contact', 8],
      ['Matching', 5],
    ],
    times: weekdays(16, 19),
    said: 'Chemistry, online, with someone who knows AP.',
    over: { urgency: 'high' },
  },
  {
    family: ['Corinne Ashby', '+1 914 555 0277', 'Rowan', '9'],
    subject: 'algebra',
    mode: null,
    perWeek: 1,
    minutes: 60,
    daysAgo: 0,
    times: [
      [2, 16, 19],
      [4, 16, 19],
    ],
    said: 'Rowan lost the thread in fractions and would like someone calm.',
    over: { source: 'enquiry', assigneeId: null },
  },
  {
    family: ['Dmitri Volkov', '+1 914 555 0263', 'Anya', '11'],
    subject: 'sat',
    mode: 'online',
    perWeek: 2,
    minutes: 90,
    daysAgo: 3,
    moves: [['In contact', 2]],
    times: [
      [6, 9, 13, true],
      [7, 9, 13],
      [3, 18, 21],
    ],
    said: 'The test is in twelve weeks; two long lessons a week.',
    over: { source: 'enquiry', urgency: 'high' },
  },
  {
    family: 12,
    subject: 'physics',
    mode: 'in_person',
    perWeek: 1,
    minutes: 90,
    daysAgo: 4,
    moves: [['In contact', 4]],
    times: [
      [1, 17, 20],
      [5, 15, 18],
    ],
    said: 'At home if the way allows it.',
    over: { wishGender: 'female' },
  },
  {
    family: 30,
    subject: 'english',
    mode: 'online',
    perWeek: 1,
    minutes: 60,
    daysAgo: 8,
    moves: [
      ['In contact', 7],
      ['Matching', 4],
    ],
    times: weekdays(15, 18),
    said: '',
    over: { urgency: 'low' },
  },
  {
    family: 36,
    subject: 'geometry',
    mode: 'online',
    perWeek: 1,
    minutes: 60,
    daysAgo: 20,
    moves: [
      ['Matching', 16],
      ['Engaged', 12],
    ],
    times: [[3, 16, 18]],
    said: '',
  },
  {
    family: ['Lorna Pryce', '+1 914 555 0219', 'Gwen', '7'],
    subject: 'french',
    mode: 'online',
    perWeek: 1,
    minutes: 45,
    daysAgo: 15,
    moves: [
      ['In contact', 14],
      ['Lost', 6, 'Found a tutor at school'],
    ],
    times: [],
    said: '',
  },
];

/** What families ask for, in all stages, one or two of them waiting longer than they should; and tasks of the office. */
export async function seedRequests(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const now = ctx.clock();
  const today = localDateOf(now, company.timezone);
  const at = (daysAgo: number): DomainContext => ({ ...ctx, clock: () => new Date(now.getTime() - daysAgo * 86_400_000) });
  const stages = new Map(
    (await trx.selectFrom('requestStage').select(['id', 'name']).execute()).map((stage) => [stage.name, stage.id]),
  );
  for (const [index, one] of asked.entries()) {
    const id = idOf('request', index);
    const by: Actor = { ...(one.over?.source === 'enquiry' ? guest : scheduler), at: at(one.daysAgo).clock() };
    await createRequest(
      trx,
      at(one.daysAgo),
      by,
      newRequestSchema.parse({
        id,
        source: 'office',
        for: whomOf(one),
        subjectId: subjectIdOf(one.subject),
        programId: programIdOf('one'),
        mode: one.mode,
        sessionMinutes: one.minutes,
        sessionsPerWeek: one.perWeek,
        times: one.times.map(([weekday, from, to, wished = false]) => ({
          weekday,
          startMinute: from * 60,
          endMinute: to * 60,
          wished,
        })),
        wishes: one.said,
        assigneeId: scheduler.userId,
        despiteDuplicates: true,
        ...one.over,
      }),
    );
    for (const [stage, daysAgo, reason] of one.moves ?? [])
      await moveRequest(
        trx,
        at(daysAgo),
        { ...scheduler, at: at(daysAgo).clock() },
        { id, to: { stageId: stages.get(stage) ?? '' }, reason },
      );
  }
  for (const [title, family, due, mine] of [
    ['Ask which weeks they are away this summer', 4, 0, true],
    ['Send the worksheets from the open day', 7, -2, true],
    ['Ring about the second lesson a week', 11, 3, false],
  ] as const)
    await addTask(
      trx,
      ctx,
      scheduler,
      newTaskSchema.parse({
        id: idOf('task', title),
        title,
        assigneeId: mine ? scheduler.userId : null,
        dueOn: addDays(today, due),
        about: `client:${families[family]?.id}`,
      }),
    );
}

function whomOf({ family }: Asked): unknown {
  if (typeof family === 'number') return { who: 'student', studentId: families[family]?.students[0]?.id };
  const [name, phone, firstName, grade] = family;
  const [, lastName = ''] = name.split(' ');
  const email = `${name.toLowerCase().replace(' ', '.')}@families.test`;
  return { who: 'new', client: { name, phone, email }, student: { firstName, lastName, grade } };
}
