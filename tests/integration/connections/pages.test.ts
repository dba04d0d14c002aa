import { describe, expect, test } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { hashToken } from '#app/auth/token.server.ts';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { addInstall } from '#app/plugin-host/add-install.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { loader as callback } from '#app/routes/oauth.p.$installId/route.tsx';
import { loader as installPage } from '#app/routes/office.settings.plugins.$id/route.tsx';
import { action as officeAction, loader as officePage } from '#app/routes/office.tutors.$id_.accounts/route.tsx';
import { action, loader } from '#app/routes/tutor.settings/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { fakeGoogle } from '#tests/fakes/google/fake-google.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const google = fakeGoogle({ now: () => new Date('2026-03-02T09:00:00Z') });
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z', fetch: google.fetch });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const actor = { userId: null, kind: 'system' } as const;
await anOrganisation(db, { meeting: 'meeting-jitsi' });
const { id: install } = await addInstall(db, ctx, actor, { pluginId: 'meeting-google' });
const subject = await aSubject(db);
const user = await aUser(db, { roles: ['tutor'] });
const admin = await aUser(db, { roles: ['admin'] });
const scheduler = await aUser(db, { roles: ['scheduler'] });
const tutor = await aTutor(db, { userId: user.id, firstName: 'Ana', lastName: 'Núñez', subjectIds: [subject.id] });
const signIn = (who: { id: string }) => startSession(db, ctx.clock(), who.id, { ip: '127.0.0.1', userAgent: null });
const anasBrowser = await signIn(user);

function ask(token: string | null, path: string, form?: Record<string, string>, params: Record<string, string> = {}) {
  const headers = new Headers(token ? { cookie: `lectern=${token}` } : {});
  const write = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
  return { request: new Request(`http://lectern.test${path}`, { headers, ...write }), context, params } as never;
}
const thrown = async (answer: Promise<unknown>) => {
  const response = (await answer.catch((error: unknown) => error)) as Response;
  return { status: response.status, to: response.headers?.get('location') };
};

const settings = (token = anasBrowser) => loader(ask(token, '/tutor/settings'));
/** The button, the provider's page, and the way back. */
async function goAndComeBack(consent: Omit<Parameters<typeof google.auth.consent>[1], 'account'> = {}, token = anasBrowser) {
  const answer = await action(ask(anasBrowser, '/tutor/settings', { intent: 'connect', install, name: 'Google Meet' }));
  const { goTo } = (answer as { data: { goTo: { url: string } } }).data;
  const back = google.auth.consent(goTo.url, { account: 'ana@example.com', ...consent });
  return callback(ask(token, `${back.pathname}${back.search}`, undefined, { installId: install }));
}

describe('a tutor’s settings', () => {
  test('have nothing to connect while the office has set up no provider for it', async () => {
    expect(await settings()).toMatchObject({ providers: [] });
  });

  test('offer a provider with what it is used for, once it is set up', async () => {
    const values = google.settings;
    await saveInstallSettings(db, ctx, actor, { installId: install, name: 'Google Meet', keptSecrets: [], values });
    await changeInstallState(db, ctx, actor, { installId: install, state: 'enabled' });
    expect(await settings()).toMatchObject({
      providers: [
        {
          ...{ name: 'Google Meet', needed: true, open: true, connection: null },
          scopes: expect.arrayContaining([expect.objectContaining({ why: 'to show which account is connected' })]),
        },
      ],
    });
    expect(
      await installPage(ask(await signIn(admin), `/office/settings/plugins/${install}`, undefined, { id: install })),
    ).toMatchObject({
      accounts: { connections: [], without: [{ tutorName: 'Ana Núñez' }] },
    });
  });

  test('say what happened when the tutor does not allow it', async () => {
    expect(await goAndComeBack({ deny: true })).toMatchObject({
      data: { message: 'You did not allow the use of your Google Meet account. Nothing was changed.' },
      init: { status: 400 },
    });
  });

  test('show the account once it is connected', async () => {
    expect(await thrown(goAndComeBack())).toEqual({ status: 302, to: `/tutor/settings?connected=${install}` });
    expect(await loader(ask(anasBrowser, `/tutor/settings?connected=${install}`))).toMatchObject({
      connected: { name: 'Google Meet' },
      providers: [{ connection: { accountLabel: 'ana@example.com', state: 'connected', problem: null } }],
    });
  });
});

describe('the way back from a provider', () => {
  test('is worth nothing in another sign-in, and leads to the sign-in page without its code where nobody is signed in', async () => {
    const { sessionHash } = await db.selectFrom('oauthRequest').select('sessionHash').executeTakeFirstOrThrow();
    expect(sessionHash).toBe(hashToken(anasBrowser));
    expect(await goAndComeBack({}, await signIn(user))).toMatchObject({
      data: { message: expect.stringContaining('began in another browser') },
      init: { status: 409 },
    });
    const path = `/oauth/p/${install}?code=c&state=s`;
    expect(await thrown(Promise.resolve(callback(ask(null, path, undefined, { installId: install }))))).toEqual({
      status: 302,
      to: '/login?to=/tutor/settings',
    });
  });
});

test('a session meets on the tutor’s own account, in the tutor’s own calendar', async () => {
  const student = await aStudent(db, { clientId: (await aClient(db)).id });
  await aRate(db);
  const { sessionId } = await bookSession(db, ctx, actor, {
    ...{ tutorId: tutor.id, studentIds: [student.id], programId: (await aProgram(db)).id, subjectId: subject.id, location: '' },
    ...{ wallStart: '2026-03-05T15:00', durationMinutes: 60, mode: 'online', billable: true, meetingInstallId: install },
  });
  await provisionMeeting(ctx, { sessionId });
  const meeting = await db.selectFrom('meeting').selectAll().where('sessionId', '=', sessionId).executeTakeFirstOrThrow();
  expect(meeting).toMatchObject({ state: 'ready', joinUrl: expect.stringMatching(/^https:\/\/meet\.google\.com\//) });
  expect(meeting.connectionId).not.toBeNull();
  expect(google.calendar.get(meeting.ref ?? '')).toMatchObject({ start: { dateTime: '2026-03-05T15:00:00.000Z' } });
});

test('an account that the provider refuses although its token is good is in trouble from then on', async () => {
  const { id: sessionId } = await db.selectFrom('session').select('id').executeTakeFirstOrThrow();
  await db.updateTable('meeting').set({ state: 'pending' }).where('sessionId', '=', sessionId).execute();
  google.failNext('unauthorised');
  await provisionMeeting(ctx, { sessionId });
  expect(await settings()).toMatchObject({
    providers: [{ connection: { state: 'expired', problem: expect.stringContaining('connected again') } }],
  });
  expect(await thrown(goAndComeBack())).toMatchObject({ status: 302 });
  expect(ctx.jobs).toContainEqual({ name: 'meeting.provision', data: { sessionId } });
});

describe('the office', () => {
  const path = `/office/tutors/${tutor.id}/accounts`;

  test('sees which account a tutor has connected, and where the sessions meet that hang on it', async () => {
    expect(await officePage(ask(await signIn(scheduler), path, undefined, { id: tutor.id }))).toMatchObject({
      mayDisconnect: false,
      providers: [{ connection: { accountLabel: 'ana@example.com', state: 'connected', sessions: 1 } }],
    });
  });

  test('takes it away as an administrator, and not as a scheduler', async () => {
    const { id } = await db.selectFrom('providerConnection').select('id').executeTakeFirstOrThrow();
    const disconnect = async (who: { id: string }) =>
      thrown(Promise.resolve(officeAction(ask(await signIn(who), path, { connection: id }, { id: tutor.id }))));
    expect(await disconnect(scheduler)).toMatchObject({ status: 403 });
    expect(await disconnect(admin)).toEqual({ status: 302, to: `${path}?disconnected` });
    expect(await settings()).toMatchObject({ providers: [{ connection: null }] });
  });
});
