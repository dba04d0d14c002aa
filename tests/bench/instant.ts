import { randomUUID } from 'node:crypto';
import { createUser } from '#app/domain/people/create-user.server.ts';
import { anEngagement, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import type { Ground } from './ground.ts';
import { type BenchLine, median } from './line.ts';
import { PASSWORD, serveAsScheduler, signIn } from './serve-as-scheduler.ts';

const ROUNDS = 12;
const GOAL_MS = 2_000;

/** From the click of Start Session to the room, as a tutor's browser goes: the form sent, Join followed to its end. */
export async function benchInstant(ground: Ground): Promise<BenchLine> {
  const { context, origin, stop } = await serveAsScheduler(ground, 'bench_instant');
  try {
    const { db } = context;
    await anOrganisation(db, { meeting: 'meeting-jitsi' });
    const program = await aProgram(db, { durations: [30, 60] });
    const subject = await aSubject(db);
    await aRate(db);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      // A tutor and a student each time: nobody is in two sessions.
      const email = `tutor${round}@bench.test`;
      const user = { email, name: 'Bench Tutor', roles: ['tutor' as const], password: PASSWORD };
      const { userId } = await createUser(db, context, { userId: null, kind: 'system' }, user);
      const tutor = await aTutor(db, { userId, subjectIds: [subject.id] });
      const student = await aStudent(db, { email: `student${round}@bench.test` });
      await anEngagement(db, { tutorId: tutor.id, studentId: student.id, programId: program.id, subjectId: subject.id });
      const cookie = await signIn(origin, email);
      const form = new URLSearchParams({
        ...{ id: randomUUID(), studentIds: student.id, programId: program.id, subjectId: subject.id },
        ...{ durationMinutes: '60', billable: 'yes', title: '', description: '', intent: 'start' },
      });
      const start = performance.now();
      const room = await clickStart(origin, cookie, form);
      times.push(performance.now() - start);
      if (!room) throw new Error('Start led into no room');
    }
    const ours = median(times);
    return {
      what: 'An instant session from the click of Start to its room, over HTTP: booked, room made, people told, Join followed',
      ours: `${ours.toFixed(0)} ms (slowest of ${ROUNDS}: ${Math.max(...times).toFixed(0)} ms)`,
      against: `${GOAL_MS} ms, the goal`,
      ratio: ours / GOAL_MS,
      promise: 'below 1',
      note: 'with a provider whose rooms are there by their names; one that is called adds its own time',
    };
  } finally {
    await stop();
  }
}

/** The address of the room that Start leads to, after every redirect. */
async function clickStart(origin: string, cookie: string, form: URLSearchParams): Promise<string | undefined> {
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  let answer = await fetch(`${origin}/tutor/sessions/instant`, { method: 'POST', headers, body: form, redirect: 'manual' });
  for (let hop = 0; hop < 5; hop++) {
    const to = answer.headers.get('location');
    if (!to) return undefined;
    if (!to.startsWith('/') && !to.startsWith(origin)) return to;
    if (to.startsWith('/classroom/')) return to;
    answer = await fetch(new URL(to, origin), { headers, redirect: 'manual' });
  }
  return undefined;
}
