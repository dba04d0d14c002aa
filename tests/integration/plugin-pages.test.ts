import { describe, expect, test } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { action as listAction, loader as listLoader } from '#app/routes/office.settings.plugins._index/route.tsx';
import { action as installAction, loader as installLoader } from '#app/routes/office.settings.plugins.$id/route.tsx';
import { loader as joinLoader } from '#app/routes/sessions.$id.join/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const organisation = await anOrganisation(db, { meeting: 'meeting-jitsi' });
const admin = await aUser(db, { roles: ['admin'] });
const tutorUser = await aUser(db, { roles: ['tutor'] });
const stranger = await aUser(db, { roles: ['tutor'] });
const jitsi = organisation.installs['meeting-jitsi'];

interface Ask {
  form?: Record<string, string>;
  headers?: HeadersInit;
  method?: string;
}

async function argsFor(user: { id: string } | null, path: string, over: Ask = {}) {
  const headers = new Headers(over.headers ?? {});
  if (user)
    headers.set('cookie', `lectern=${await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null })}`);
  const request = new Request(`http://lectern.test${path}`, {
    headers,
    ...(over.form ? { method: 'POST', body: new URLSearchParams(over.form) } : { method: over.method ?? 'GET' }),
  });
  return {
    request,
    context,
    params: {
      id: path
        .split('?')[0]
        ?.split('/')
        .find((part) => part.length === 36),
    },
  } as never;
}
const page = `/office/settings/plugins/${jitsi}`;
const thrown = (answer: Promise<unknown>) =>
  answer.then(
    () => new Response('nothing was thrown'),
    (error) => error as Response,
  );
interface Refused {
  data: { message?: string; errors: Record<string, string>; typed: Record<string, string>; name: string };
  init: { status: number };
}

describe('the settings of a plugin', () => {
  test('are shown with their words, their values and what uses them', async () => {
    expect(await installLoader(await argsFor(admin, page))).toMatchObject({
      install: { name: 'Jitsi Meet', state: 'enabled', isDefault: true },
      fields: expect.arrayContaining([
        expect.objectContaining({ name: 'baseUrl', type: 'url', label: 'Jitsi server', default: 'https://meet.jit.si' }),
      ]),
      where: expect.stringMatching(/^config\/plugins\.ts:\d+$/),
    });
  });

  test('are saved, and the page says so', async () => {
    const form = { intent: 'settings', name: 'Our Jitsi', 'settings.baseUrl': 'https://jitsi.example.org' };
    const answer = (await installAction(await argsFor(admin, page, { form }))) as unknown as Response;
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(`${page}?saved=settings`);
    expect(await installLoader(await argsFor(admin, page))).toMatchObject({
      install: { name: 'Our Jitsi' },
      values: { baseUrl: 'https://jitsi.example.org' },
    });
  });

  test('that are refused come back at their field with what was typed', async () => {
    const form = { intent: 'settings', name: 'Our Jitsi', 'settings.baseUrl': 'http://jitsi' };
    const answer = (await installAction(await argsFor(admin, page, { form }))) as unknown as Refused;
    expect(answer.init.status).toBe(400);
    expect(answer.data.errors['settings.baseUrl']).toContain('https://');
    expect(answer.data.typed).toMatchObject({ baseUrl: 'http://jitsi' });
  });

  test('lengths of a provider are kept, empty is any, and what is no length comes back at its field', async () => {
    const lengths = async (durations: string, gridMinutes: string) =>
      installAction(await argsFor(admin, page, { form: { intent: 'lengths', durations, gridMinutes } }));
    const saved = (await lengths('40, 20', '20')) as unknown as Response;
    expect(saved.headers.get('location')).toBe(`${page}?saved=lengths`);
    expect(await installLoader(await argsFor(admin, page))).toMatchObject({ install: { durations: [20, 40], gridMinutes: 20 } });
    const refused = (await lengths('forty', '7')) as unknown as Refused;
    expect(refused.init.status).toBe(400);
    expect(Object.keys(refused.data.errors).sort()).toEqual(['durations', 'gridMinutes']);
    expect(refused.data).toMatchObject({ lengths: { durations: 'forty', gridMinutes: '7' } });
    await lengths('', '');
    expect(await installLoader(await argsFor(admin, page))).toMatchObject({ install: { durations: null, gridMinutes: null } });
    const invoicing = `/office/settings/plugins/${organisation.installs['billing-invoicing']}`;
    const form = { intent: 'lengths', durations: '40', gridMinutes: '' };
    expect((await thrown(installAction(await argsFor(admin, invoicing, { form })))).status).toBe(404);
  });

  test('of a provider with an account there say what to do there, with the addresses of this installation', async () => {
    const added = (await listAction(await argsFor(admin, '/', { form: { pluginId: 'payment-stripe' } }))) as unknown as Response;
    const stripe = added.headers.get('location')?.split('/').at(-1) ?? '';
    const { guide, canCheck } = await installLoader(await argsFor(admin, `/office/settings/plugins/${stripe}`));
    const told = guide?.steps.flat().filter((part) => part.kind === 'address');
    expect(told?.map((part) => part.text)).toEqual([`${ctx.config.origin}/hooks/p/${stripe}`]);
    expect(guide?.unproven).toContain('Not yet run against a live account');
    expect(canCheck).toBe(false);
  });

  test('the default can’t be switched off: told as a conflict', async () => {
    const form = { intent: 'state', state: 'disabled' };
    const answer = (await installAction(await argsFor(admin, page, { form }))) as unknown as Refused;
    expect(answer.init.status).toBe(409);
    expect(answer.data.message).toBe('Our Jitsi is the default. Choose another default first.');
  });

  test('another default is one click', async () => {
    const credits = organisation.installs['billing-credits'];
    await installAction(await argsFor(admin, `/office/settings/plugins/${credits}`, { form: { intent: 'default' } }));
    expect(await ctx.plugins.defaultInstall(db, 'billing')).toMatchObject({ id: credits });
  });

  test('of nothing are nothing: 404', async () => {
    const nothing = '/office/settings/plugins/0190a000-0000-7000-8000-000000000000';
    expect((await thrown(installLoader(await argsFor(admin, nothing)))).status).toBe(404);
    const form = { intent: 'settings', name: 'x' };
    expect((await thrown(installAction(await argsFor(admin, nothing, { form })))).status).toBe(404);
    expect((await thrown(installLoader(await argsFor(admin, '/office/settings/plugins/jitsi')))).status).toBe(404);
  });

  test('a second install is added and leads to its page', async () => {
    const answer = (await listAction(await argsFor(admin, '/', { form: { pluginId: 'meeting-jitsi' } }))) as unknown as Response;
    const added = answer.headers.get('location')?.split('/').at(-1);
    const { installs } = await listLoader(await argsFor(admin, '/'));
    expect(installs.find((install) => install.id === added)).toMatchObject({ name: 'Jitsi Meet 2', state: 'disabled' });
  });

  test('are nobody’s but the owner’s and the admins’', async () => {
    expect((await thrown(listLoader(await argsFor(tutorUser, '/')))).status).toBe(403);
    expect((await thrown(installAction(await argsFor(tutorUser, page, { form: {} })))).status).toBe(403);
    expect((await thrown(listLoader(await argsFor(null, '/')))).status).toBe(302);
  });
});

describe('the link to Join', async () => {
  const subject = await aSubject(db);
  const tutor = await aTutor(db, { userId: tutorUser.id, subjectIds: [subject.id] });
  await aTutor(db, { userId: stranger.id });
  await aRate(db);
  const client = await aClient(db, { billingInstallId: organisation.installs['billing-invoicing'] });
  const student = await aStudent(db, { clientId: client.id });
  const { sessionId } = await bookSession(
    db,
    ctx,
    { userId: null, kind: 'system' },
    {
      ...{ tutorId: tutor.id, studentIds: [student.id], programId: (await aProgram(db)).id, subjectId: subject.id },
      ...{ wallStart: '2026-03-02T10:00', durationMinutes: 60, mode: 'online', billable: true },
    },
  );
  const path = `/sessions/${sessionId}/join`;
  const joined = async () => (await db.selectFrom('meetingJoin').selectAll().where('sessionId', '=', sessionId).execute()).length;

  test('before the hour says when, and keeps nobody as there', async () => {
    const answer = (await joinLoader(await argsFor(tutorUser, path))) as unknown as { data: { title: string; opensAt: string } };
    expect(answer.data).toMatchObject({ title: 'The room is not open yet', opensAt: '2026-03-02T09:50:00.000Z' });
    expect(await joined()).toBe(0);
  });

  test('fetched ahead of a click, or only looked at, keeps nobody as there', async () => {
    ctx.setNow('2026-03-02T09:55:00Z');
    const looks: Ask[] = [{ headers: { 'sec-purpose': 'prefetch' } }, { headers: { purpose: 'prefetch' } }, { method: 'HEAD' }];
    for (const over of looks) {
      const answer = await thrown(joinLoader(await argsFor(tutorUser, path, over)));
      expect(answer.status).toBe(425);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect(await joined()).toBe(0);
  });

  test('leads to the room and is never kept by a cache', async () => {
    ctx.setNow('2026-03-02T09:55:00Z');
    const answer = await thrown(joinLoader(await argsFor(tutorUser, path)));
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(/^https:\/\/jitsi\.example\.org\/lectern-[a-z2-7]{26}#/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await joined()).toBe(1);
  });

  test('survives signing in', async () => {
    const answer = await thrown(joinLoader(await argsFor(null, path)));
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toContain(encodeURIComponent(path));
  });

  test('of somebody else’s session is the same as of none', async () => {
    expect((await thrown(joinLoader(await argsFor(stranger, path)))).status).toBe(404);
    const none = '/sessions/0190a000-0000-7000-8000-000000000000/join';
    expect((await thrown(joinLoader(await argsFor(stranger, none)))).status).toBe(404);
  });
});
