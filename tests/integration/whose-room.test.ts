import { expect, test } from 'vitest';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { releaseMeeting } from '#app/domain/meetings/release-meeting.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { sealTokens } from '#app/plugin-host/account-tokens.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { ensureInstalls } from '#app/plugin-host/installs.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { plugins } from '#config/plugins.ts';
import type { MeetingContext } from '#plugins/contract/index.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { plugin as accounts, application } from '#tests/fakes/meeting-accounts.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const base = testContext(db);
const acted: string[] = [];
const told = (what: string) => async (ctx: MeetingContext) => {
  acted.push(`${what} as ${ctx.account?.label}`);
};
const { create } = accounts;
/** Each room is the account's own: another account makes another. */
const plugin = {
  ...accounts,
  create: (config: unknown) => ({
    ...create(config as never),
    async provision(ctx: MeetingContext, _: unknown, have: { ref: string | null }) {
      await told(have.ref ? 'changed' : 'made')(ctx);
      return { state: 'ready' as const, ref: `room of ${ctx.account?.label}`, joinUrl: 'https://rooms.accounts.example/1' };
    },
    release: told('gave up'),
  }),
};
const registry = await loadPlugins({ manifest: { ...plugins, meeting: [...plugins.meeting, async () => ({ plugin })] } });
const { keyRing } = base.config;
const host = createPluginHost({
  registry,
  keyRing,
  clock: base.clock,
  log: base.log,
  fetch: () => Promise.reject(new Error('called')),
});
const ctx = { ...base, plugins: host };
const actor = { userId: null, kind: 'system' } as const;

await anOrganisation(db, { meeting: 'meeting-jitsi' });
await ensureInstalls(db, registry);
const installId = (await host.listInstalls(db, 'meeting')).find((install) => install.pluginId === plugin.id)?.id ?? '';
await saveInstallSettings(db, ctx, actor, {
  ...{ installId, name: 'Accounts', keptSecrets: [] },
  values: { clientId: application.id, clientSecret: application.secret },
});
await changeInstallState(db, ctx, actor, { installId, state: 'enabled' });
const subject = await aSubject(db);
const program = await aProgram(db);
await aRate(db);
const { id: clientId } = await aClient(db);
const { id: studentId } = await aStudent(db, { clientId });

async function aConnectedTutor(label: string): Promise<string> {
  const { id: tutorId } = await aTutor(db, { subjectIds: [subject.id] });
  const { id } = await db
    .insertInto('providerConnection')
    .values({
      ...{ installId, tutorId, accountRef: label, accountLabel: label, scopes: ['rooms', 'who'], connectedAt: ctx.clock() },
      ...{ state: 'scope_missing', expiresAt: new Date('2026-12-01T00:00:00Z') },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const tokens = sealTokens(keyRing, id, { accessToken: 't', refreshToken: 'r' });
  await db.updateTable('providerConnection').set({ tokens, state: 'connected' }).where('id', '=', id).execute();
  return tutorId;
}

const meetingOf = (sessionId: string) =>
  db.selectFrom('meeting').selectAll().where('sessionId', '=', sessionId).executeTakeFirstOrThrow();

test('a room is made with its tutor’s account, kept with it when it moves, and given up with it when the tutor changes', async () => {
  const [ana, ben] = [await aConnectedTutor('ana@example.com'), await aConnectedTutor('ben@example.com')];
  const { sessionId } = await bookSession(db, ctx, actor, {
    ...{ tutorId: ana, studentIds: [studentId], programId: program.id, subjectId: subject.id, wallStart: '2026-03-09T10:00' },
    ...{ durationMinutes: 60, mode: 'online', billable: true, meetingInstallId: installId },
  });
  await provisionMeeting(ctx, { sessionId });
  const move = async (over: { tutorId?: string; wallStart: string }) => {
    const { version } = await db.selectFrom('session').select('version').where('id', '=', sessionId).executeTakeFirstOrThrow();
    await rescheduleSession(db, ctx, actor, { sessionId, version, durationMinutes: 60, ...over });
    await provisionMeeting(ctx, { sessionId });
  };
  await move({ wallStart: '2026-03-09T12:00' });
  expect(acted).toEqual(['made as ana@example.com', 'changed as ana@example.com']);

  await move({ tutorId: ben, wallStart: '2026-03-09T12:00' });
  expect(ctx.jobs.at(-1)).toEqual({ name: 'meeting.release', data: { sessionId } });
  await releaseMeeting(ctx, { sessionId });
  expect(acted.slice(2)).toEqual(['made as ben@example.com', 'gave up as ana@example.com']);
  expect(await meetingOf(sessionId)).toMatchObject({ state: 'ready', ref: 'room of ben@example.com', data: {} });
});
