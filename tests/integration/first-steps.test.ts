import { describe, expect, it } from 'vitest';
import { findFirstSteps } from '#app/domain/organisation/first-steps.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { stepsToFirstSession } from '#app/routes/office._index/steps-to-first-session.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });

/** What the office is asked for next. */
async function next(may = { programs: true, rates: true }) {
  const has = await findFirstSteps(db);
  return has && stepsToFirstSession(has, may).find((step) => !step.done)?.button;
}

describe('a new company', () => {
  it('is led to its first session one step after the other, and then no more', async () => {
    await anOrganisation(db);
    expect(await next()).toBe('Add a subject');
    const subject = await aSubject(db);
    expect(await next()).toBe('Add a program');
    const program = await aProgram(db);
    expect(await next()).toBe('Add a rate for clients');
    await aRate(db, { side: 'charge' });
    expect(await next()).toBe('Add a rate for tutors');
    await aRate(db, { side: 'pay' });
    expect(await next()).toBe('Add a tutor');
    const tutor = await aTutor(db, { subjectIds: [subject.id] });
    expect(await next()).toBe('Add a client');
    const client = await aClient(db);
    expect(await next()).toBe('Add a student');
    const student = await aStudent(db, { clientId: client.id });
    expect(await next()).toBe('Book a session');
    await bookSession(
      db,
      ctx,
      { userId: null, kind: 'system' },
      {
        tutorId: tutor.id,
        studentIds: [student.id],
        programId: program.id,
        subjectId: subject.id,
        wallStart: '2026-03-03T10:00',
        durationMinutes: 60,
        mode: 'in_person',
        location: 'The library',
        billable: true,
      },
    );
    expect(await next()).toBeUndefined();
  });

  it('asks a scheduler for people alone', () => {
    const nothing = { subject: false, program: false, charge: false, pay: false, tutor: false, client: false, student: false };
    const steps = stepsToFirstSession(nothing, { programs: false, rates: false });
    expect(steps.map((step) => step.button)).toEqual(['Add a tutor', 'Add a client', 'Add a student', 'Book a session']);
  });
});
