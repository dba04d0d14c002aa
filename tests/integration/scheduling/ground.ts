import type { Actor } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import type { BookingProblem } from '#app/domain/scheduling/booking-problem.ts';
import type { BookSessionInput } from '#app/domain/scheduling/session.schema.ts';
import type { Database } from '#db/client.ts';
import { anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';

export const office: Actor = { userId: null, kind: 'system' };

/** A company in Dublin that plans by hours, on Monday 2 March 2026, 09:00; a group program, since clashes are of people. */
export async function ground(db: Database['db'], scheduling: Record<string, unknown> = {}) {
  const context = testContext(db, { now: '2026-03-02T09:00:00Z' });
  const rules = { unsetAvailability: 'always', minNoticeMinutes: 60, horizonDays: 60, ...scheduling };
  const organisation = await anOrganisation(db, { scheduling: JSON.stringify(rules), meeting: 'meeting-jitsi' });
  const program = await aProgram(db, { name: 'After-school', capacity: 6 });
  const subject = await aSubject(db);
  const plan = { programId: program.id, subjectId: subject.id, durationMinutes: 60, mode: 'online', billable: true } as const;

  const booking = async (
    tutorId: string,
    wallStart: string,
    over: Partial<BookSessionInput> = {},
  ): Promise<BookSessionInput> => ({
    ...plan,
    tutorId,
    studentIds: [(await aStudent(db)).id],
    wallStart,
    ...over,
  });
  return {
    context,
    organisation,
    program,
    subject,
    plan,
    booking,
    tutor: (over: Parameters<typeof aTutor>[1] = {}) => aTutor(db, { subjectIds: [subject.id], ...over }),
    /** With a student of its own unless told. */
    book: async (tutorId: string, wallStart: string, over: Partial<BookSessionInput> = {}) =>
      bookSession(db, context, office, await booking(tutorId, wallStart, over)),
    hours: (tutorId: string, weekday: number, from: number, to: number, over = {}) =>
      db
        .insertInto('availabilityRule')
        .values({ tutorId, weekday, startMinute: from * 60, endMinute: to * 60, ...over })
        .execute(),
  };
}

/** What refused it, by code. */
export async function refusedFor(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const { problems = [] } = (error.details ?? {}) as { problems?: BookingProblem[] };
    return problems.filter(({ severity }) => severity === 'blocking').map(({ code }) => code);
  }
}
