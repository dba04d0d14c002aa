import { expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { solveMatchingRun } from '#app/domain/matching/solve-run.server.ts';
import { action, loader } from '#app/routes/office.matching/route.tsx';
import { aUser } from '#tests/factories/index.ts';
import { ground } from '#tests/integration/scheduling/ground.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { aRequestAt } from './requests.ts';

const { db } = await testDatabase();
const { context, subject, program, tutor, hours } = await ground(db, { unsetAvailability: 'never' });
const scheduler = await aUser(db, { roles: ['scheduler'] });
const token = await startSession(db, context.clock(), scheduler.id, { ip: '192.0.2.1', userAgent: null });

function asked(fields?: [string, string][]) {
  const request = new Request('http://localhost:3000/office/matching', {
    headers: { cookie: `lectern=${token}` },
    ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
  });
  return { request, params: {}, context: { ...context, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' } };
}

it('the office matches all, sees who was found and why, and offers it', async () => {
  const { id: tutorId } = await tutor();
  await hours(tutorId, 2, 9, 12);
  const { id: requestId } = await aRequestAt(db, { subjectId: subject.id, programId: program.id });
  expect(await loader(asked())).toMatchObject({ run: null, open: { open: 1 } });
  expect(await action(asked([['start', 'all']]))).toMatchObject({ status: 302 });
  const waiting = await loader(asked());
  expect(waiting).toMatchObject({ run: { working: true, silent: false } });
  expect(await action(asked([['start', 'all']]))).toMatchObject({ init: { status: 409 }, data: { done: null } });
  await solveMatchingRun(context, { runId: waiting.run?.id ?? '' });
  expect(await loader(asked())).toMatchObject({ show: 'proposed', picks: [{ requestId, tutorId, wish: null, over: null }] });
  const run = waiting.run?.id ?? '';
  const none = await action(
    asked([
      ['run', run],
      ['accept', 'chosen'],
    ]),
  );
  expect(none).toMatchObject({ data: { message: 'Choose at least one.' } });
  const all = await action(
    asked([
      ['run', run],
      ['accept', 'all'],
    ]),
  );
  expect(all).toMatchObject({ data: { done: '1 offer is out.', refused: [] } });
  expect(await loader(asked())).toMatchObject({ show: 'offered', counts: { proposed: 0, offered: 1 } });
});
