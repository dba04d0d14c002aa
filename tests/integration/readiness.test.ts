import { afterAll, describe, expect, test } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { listReadiness } from '#app/domain/meetings/readiness-queries.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { action, loader } from '#app/routes/sessions.$id.ready/route.tsx';
import { createApp } from '#app/server/create-app.ts';
import { serve } from '#app/server/serve.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { pagesThatCount } from '#tests/fakes/pages.tsx';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const organisation = await anOrganisation(db, { meeting: 'meeting-jitsi' });
const subject = await aSubject(db, { name: 'Algebra' });
const program = await aProgram(db);
await aRate(db);
const tutorUser = await aUser(db, { roles: ['tutor'] });
const clientUser = await aUser(db, { roles: ['client'] });
const stranger = await aUser(db, { roles: ['client'] });
const tutor = await aTutor(db, { userId: tutorUser.id, firstName: 'Ana', lastName: 'Núñez', subjectIds: [subject.id] });
const client = await aClient(db, { userId: clientUser.id });
await aClient(db, { userId: stranger.id });
const student = await aStudent(db, { clientId: client.id });
const serving = await serve(createApp({ context: ctx, pages: pagesThatCount({ writes: 0 }) }), { port: 0, host: '127.0.0.1' });
afterAll(() => serving.stop());

async function aSession(meetingInstallId: string, hour: number) {
  const { sessionId } = await bookSession(
    db,
    ctx,
    { userId: null, kind: 'system' },
    {
      ...{ tutorId: tutor.id, studentIds: [student.id], programId: program.id, subjectId: subject.id, meetingInstallId },
      ...{ wallStart: `2026-03-03T${hour}:00`, durationMinutes: 60, mode: 'online', billable: true },
    },
  );
  await provisionMeeting(ctx, { sessionId });
  return sessionId;
}

async function argsFor(user: { id: string }, id: string, form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  return {
    request: new Request(`http://lectern.test/sessions/${id}/ready`, {
      headers: { cookie: `lectern=${token}` },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    }),
    context: { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' },
    params: { id },
  } as never;
}
const good = { camera: 'ok', microphone: 'ok', speaker: 'ok', connection: 'ok', provider: 'ok' };

describe('the check before a session', () => {
  test('is kept for it, the last one alone, and shown to whoever may see it', async () => {
    const id = await aSession(organisation.installs['meeting-jitsi'], 10);
    await action(await argsFor(clientUser, id, { ...good, microphone: 'denied' }));
    await action(await argsFor(clientUser, id, good));
    await action(await argsFor(clientUser, id, good));
    await action(await argsFor(tutorUser, id, { ...good, camera: 'missing', speaker: 'loud' }));
    expect(await listReadiness(db, id, ctx.clock())).toMatchObject([
      { userId: tutorUser.id, isTutor: true, ok: false, result: { camera: 'missing', speaker: 'not_tested' } },
      { userId: clientUser.id, isTutor: false, ok: true, result: good },
    ]);
    expect(await listReadiness(db, await aSession(organisation.installs['meeting-jitsi'], 12), ctx.clock())).toEqual([]);
    expect(await loader(await argsFor(clientUser, id))).toMatchObject({
      last: { ok: true },
      back: { to: `/family/sessions/${id}` },
    });
  });

  test('is nobody’s who isn’t in it', async () => {
    const id = await aSession(organisation.installs['meeting-jitsi'], 14);
    await expect(loader(await argsFor(stranger, id))).rejects.toMatchObject({ status: 404 });
    await expect(action(await argsFor(stranger, id, good))).rejects.toMatchObject({ status: 404 });
    expect(await listReadiness(db, id, ctx.clock())).toEqual([]);
  });

  test('knows where the room is: at a host the page may look at, or in our own classroom', async () => {
    const jitsi = await aSession(organisation.installs['meeting-jitsi'], 16);
    const own = await aSession(organisation.installs['meeting-classroom'], 18);
    expect(await loader(await argsFor(clientUser, jitsi))).toMatchObject({
      room: { kind: 'host', origin: 'https://meet.jit.si' },
    });
    expect(await loader(await argsFor(clientUser, own))).toMatchObject({ room: { kind: 'own' } });
    const connect = async (path: string) => {
      const { headers } = await fetch(`http://127.0.0.1:${serving.port}${path}`);
      expect(headers.get('permissions-policy')).toContain('camera=(self), microphone=(self)');
      return /connect-src ([^;]+)/.exec(headers.get('content-security-policy') ?? '')?.[1];
    };
    expect(await connect(`/sessions/${jitsi}/ready`)).toBe("'self' ws://lectern.test https://meet.jit.si");
    for (const path of [`/sessions/${own}/ready`, `/sessions/${jitsi}/join`, '/sessions/x/ready', '/ready']) {
      expect(await connect(path)).toBe("'self' ws://lectern.test");
    }
  });
});
