import { afterAll, describe, expect, test } from 'vitest';
import { beginConnecting } from '#app/domain/connections/begin-connecting.server.ts';
import { finishConnecting } from '#app/domain/connections/finish-connecting.server.ts';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { getJoinSession } from '#app/domain/meetings/queries.server.ts';
import { resolveJoinUrl } from '#app/domain/meetings/resolve-join-url.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { addInstall } from '#app/plugin-host/add-install.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { checkInstall } from '#app/plugin-host/check-install.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { createApp } from '#app/server/create-app.ts';
import { serve } from '#app/server/serve.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { pagesThatCount } from '#tests/fakes/pages.tsx';
import { fakeZoom, keys } from '#tests/fakes/zoom/fake-zoom.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const zoom = fakeZoom({ account: 'either' });
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z', fetch: zoom.fetch });
const actor = { userId: null, kind: 'system' } as const;
await anOrganisation(db, { meeting: 'meeting-link' });
const subject = await aSubject(db);
const program = await aProgram(db);
await aRate(db);
const student = await aStudent(db, { clientId: (await aClient(db)).id });
const user = await aUser(db, { roles: ['tutor'] });
const tutor = await aTutor(db, { userId: user.id, firstName: 'Ana', email: 'ana@example.com', subjectIds: [subject.id] });

async function anInstall(account: 'company' | 'tutors'): Promise<string> {
  const { id: installId } = await addInstall(db, ctx, actor, { pluginId: 'meeting-zoom' });
  const values = { ...zoom.settings, account };
  const saved = await saveInstallSettings(db, ctx, actor, { installId, name: `Zoom of ${account}`, keptSecrets: [], values });
  expect(saved).toEqual({ ok: true });
  await changeInstallState(db, ctx, actor, { installId, state: 'enabled' });
  return installId;
}
const ofCompany = await anInstall('company');
const ofTutors = await anInstall('tutors');

let day = 2;
function book(meetingInstallId: string) {
  day += 1;
  return bookSession(db, ctx, actor, {
    ...{ tutorId: tutor.id, studentIds: [student.id], programId: program.id, subjectId: subject.id, billable: true },
    ...{ wallStart: `2026-03-${String(day).padStart(2, '0')}T16:00`, durationMinutes: 60, mode: 'online', meetingInstallId },
  });
}
const meetingOf = (sessionId: string) =>
  db.selectFrom('meeting').selectAll().where('sessionId', '=', sessionId).executeTakeFirstOrThrow();
const serving = await serve(createApp({ context: ctx, pages: pagesThatCount({ writes: 0 }) }), { port: 0, host: '127.0.0.1' });
afterAll(() => serving.stop());

describe('Zoom on the company’s account', () => {
  test('is checked, gives a booked session its meeting, and moves it with the session', async () => {
    expect(await checkInstall(db, ctx, { installId: ofCompany })).toMatchObject({ ok: true });
    const { sessionId } = await book(ofCompany);
    await provisionMeeting(ctx, { sessionId });
    const made = await meetingOf(sessionId);
    expect(made).toMatchObject({ state: 'ready', connectionId: null });
    expect(zoom.meeting(made.ref ?? '')).toMatchObject({ host: 'ana@example.com', start_time: '2026-03-03T16:00:00Z' });
    const { version } = await db.selectFrom('session').select('version').where('id', '=', sessionId).executeTakeFirstOrThrow();
    await rescheduleSession(db, ctx, actor, { sessionId, version, wallStart: '2026-03-03T18:00', durationMinutes: 60 });
    await provisionMeeting(ctx, { sessionId });
    expect((await meetingOf(sessionId)).joinUrl).toBe(made.joinUrl);
    expect(zoom.meeting(made.ref ?? '')).toMatchObject({ start_time: '2026-03-03T18:00:00Z' });
  });

  test('lets the tutor in as the host, by a link that is kept nowhere', async () => {
    const { sessionId } = await book(ofCompany);
    await provisionMeeting(ctx, { sessionId });
    ctx.setNow('2026-03-04T15:55:00Z');
    const none = { clientIds: [], studentIds: [], guardedIds: [] };
    const visitor = { id: user.id, name: 'Ana', email: 'ana@example.com', tutorId: tutor.id, ...none };
    const answer = await resolveJoinUrl(db, ctx, await getJoinSession(db, sessionId), visitor);
    expect(answer).toMatchObject({ state: 'open', url: expect.stringContaining('zak=canary') });
    const kept = JSON.stringify([
      await meetingOf(sessionId),
      await db.selectFrom('pluginCall').selectAll().execute(),
      await db.selectFrom('meetingJoin').selectAll().execute(),
    ]);
    for (const secret of [...zoom.secrets, 'zak=canary', 'zm-token']) expect(kept).not.toContain(secret);
    ctx.setNow('2026-03-02T09:00:00Z');
  });

  test('answers Zoom’s handshake at its own address, as JSON', async () => {
    const body = JSON.stringify({ event: 'endpoint.url_validation', event_ts: 1, payload: { plainToken: 'abc' } });
    const call = zoom.sign(body, ctx.clock());
    const address = `http://127.0.0.1:${serving.port}/hooks/p/${ofCompany}`;
    const answer = await fetch(address, { method: 'POST', headers: call.headers, body });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual({ plainToken: 'abc', encryptedToken: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const forged = await fetch(address, { method: 'POST', headers: { ...call.headers, 'x-zm-signature': 'v0=00' }, body });
    expect(forged.status).toBe(401);
  });
});

describe('Zoom on tutors’ own accounts', () => {
  test('is refused at booking until the tutor has connected one, and then is made there', async () => {
    await expect(book(ofTutors)).rejects.toMatchObject({ code: 'provider_not_connected' });
    expect(await ctx.plugins.tutorAccounts(db, ofCompany)).toBeUndefined();

    const begun = { installId: ofTutors, tutorId: tutor.id, signInSessionId: 'a-browser' };
    const asked = new URL(String(await beginConnecting(db, ctx, begun)));
    expect(asked.origin + asked.pathname).toBe('https://zoom.us/oauth/authorize');
    const challenge = asked.searchParams.get('code_challenge') ?? '';
    const code = zoom.authorise('ana@example.com', asked.searchParams.get('redirect_uri') ?? '', challenge);
    const parameters = new URLSearchParams({ code, state: asked.searchParams.get('state') ?? '' });
    expect(await finishConnecting(db, ctx, actor, { ...begun, parameters })).toMatchObject({
      accountLabel: 'ana@example.com',
      problem: null,
    });

    const { sessionId } = await book(ofTutors);
    await provisionMeeting(ctx, { sessionId });
    const made = await meetingOf(sessionId);
    expect(made).toMatchObject({ state: 'ready', connectionId: expect.any(String) });
    expect(zoom.calls.at(-1)).toMatchObject({ method: 'POST', path: '/v2/users/me/meetings' });
    const stored = JSON.stringify(await db.selectFrom('providerConnection').selectAll().execute());
    expect(stored).not.toContain('zm-');
    expect(stored).not.toContain(keys.tutorClientSecret);
  });
});
