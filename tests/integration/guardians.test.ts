import type { AppLoadContext } from '@remix-run/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { readUser } from '#app/auth/find-user.server.ts';
import type { Actor } from '#app/context.ts';
import { listFeedEvents } from '#app/domain/feeds/feed-events.server.ts';
import { queueSessionMails } from '#app/domain/messages/queue-session-mails.server.ts';
import { addGuardian } from '#app/domain/people/add-guardian.server.ts';
import { editGuardian } from '#app/domain/people/edit-guardian.server.ts';
import { newGuardianSchema } from '#app/domain/people/guardian.schema.ts';
import { listGuardians } from '#app/domain/people/guardian-queries.server.ts';
import { removeGuardian } from '#app/domain/people/remove-guardian.server.ts';
import { SOMEBODYS_HOME } from '#app/domain/scheduling/hidden-homes.server.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { EXPECTED } from './routes/expectations.ts';
import { readRoutes, serverOf } from './routes/server-build.ts';
import { aWorld, type World } from './routes/world.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const { infos, build } = await readRoutes();
const errors: unknown[] = [];
const ask = serverOf(build, errors);
const system: Actor = { userId: null, kind: 'system' };
let world: World;
/** The signed-in client of one family, who cares for a child of the other. */
let guardian: string;
let child: string;
let session: string;
let asked = 0;

const CANARIES = ['canary-street', 'canary-mail', 'canary-phone', 'canary-home'];

beforeAll(async () => {
  world = await aWorld(db, ctx);
  guardian = world.id('client', 'own');
  child = world.id('student', 'foreign');
  session = world.id('session', 'foreign');
  const payer = world.id('client', 'foreign');
  await db
    .updateTable('client')
    .set({ address: 'canary-street 7\nGalway', email: 'canary-mail@example.test', phone: 'canary-phone 123' })
    .where('id', '=', payer)
    .execute();
  const invoice = await db.selectFrom('invoice').select('numberText').where('clientId', '=', payer).executeTakeFirstOrThrow();
  CANARIES.push(invoice.numberText);
  const home = { name: 'canary-home', address: 'canary-street 7', clientId: payer };
  const place = await db.insertInto('place').values(home).returning('id').executeTakeFirstOrThrow();
  await db
    .updateTable('session')
    .set({ placeId: place.id, location: 'canary-home, canary-street 7' })
    .where('id', '=', session)
    .execute();
});

const add = (over: object = {}) =>
  addGuardian(
    db,
    ctx,
    system,
    newGuardianSchema.parse({ studentId: child, clientId: guardian, relation: 'father', getsMails: 'on', ...over }),
  );

async function open(path: string): Promise<{ status: number; body: string }> {
  asked++;
  const context = { ...ctx, requestId: `g${asked}`, cspNonce: '', clientIp: '192.0.2.9' };
  const headers = { Cookie: `lectern=${world.tokens.client}` };
  const response = await ask(new Request(`http://lectern.test${path}`, { headers }), context as AppLoadContext);
  return { status: response.status, body: await response.text() };
}

const page = (path: string, route: string) => open(`${path}.data?_routes=${encodeURIComponent(route)}`);
const sessionPage = () => page(`/family/sessions/${session}`, 'routes/family.sessions.$id');
const reader = async () => {
  const user = await db.selectFrom('client').select('userId').where('id', '=', guardian).executeTakeFirstOrThrow();
  const found = await readUser(db, user.userId ?? '', 'x');
  if (!found) throw new Error('nobody');
  return found;
};

describe('who cares for a child while somebody else pays', () => {
  it('sees the child’s lessons from the moment they are a guardian until the moment they are none', async () => {
    expect((await sessionPage()).status).toBe(404);
    await add();
    expect((await sessionPage()).status).toBe(200);
    expect((await page('/family', 'routes/family._index')).body).toContain(session);
    expect((await page('/family/sessions', 'routes/family.sessions._index')).body).toContain(session);
    await removeGuardian(db, ctx, system, { studentId: child, clientId: guardian });
    expect((await sessionPage()).status).toBe(404);
    expect((await page('/family', 'routes/family._index')).body).not.toContain(session);
    expect((await listFeedEvents(db, await reader(), 'family', feedWindow())).map((event) => event.url)).not.toContain(session);
  });

  it('reads on no page of anybody where who pays lives, how they are reached, or what they were charged', async () => {
    await add();
    const seen: string[] = [];
    for (const route of infos.filter(({ id, hasLoader }) => hasLoader && !EXPECTED[id]?.open)) {
      const expected = EXPECTED[route.id];
      if (!expected) throw new Error(route.id);
      const path = route.path.replaceAll(/:(\w+)\??|\*/g, (_, name) =>
        world.id(expected.params[name ?? '*'] ?? 'nothing', 'foreign'),
      );
      const answer = route.isResource ? await open(path) : await page(path, route.id);
      if (answer.status === 200) seen.push(route.id);
      expect([route.id, CANARIES.filter((word) => answer.body.includes(word))]).toEqual([route.id, []]);
    }
    expect(seen).toContain('routes/family.sessions.$id');
    expect(seen).toContain('routes/sessions.$id.join');
    expect(seen).not.toContain('routes/family.sessions.$id_.cancel');
    expect(seen).not.toContain('routes/family.sessions.$id_.move');
    expect(seen).not.toContain('routes/family.invoices.$id');
    expect(errors).toEqual([]);
  });

  it('is told that a lesson is at the family’s home, in the page, the calendar and the mail; of the company’s rooms, where', async () => {
    await add();
    expect((await sessionPage()).body).toContain(SOMEBODYS_HOME);
    const [event] = await listFeedEvents(db, await reader(), 'family', feedWindow());
    expect(event?.location).not.toContain('canary');
    const where = await mailed();
    expect(where.get(await addressOf(guardian))).toBe(SOMEBODYS_HOME);
    expect(where.get('canary-mail@example.test')).toBe('canary-home, canary-street 7');
    await db
      .updateTable('session')
      .set({ placeId: null, location: 'At CANARY-STREET 7, first floor' })
      .where('id', '=', session)
      .execute();
    expect((await sessionPage()).body).toContain(SOMEBODYS_HOME);
    await db
      .updateTable('session')
      .set({ placeId: world.id('place', 'own'), location: 'Study' })
      .where('id', '=', session)
      .execute();
    expect((await sessionPage()).body).toContain('Study');
  });

  it('can’t cancel, move or book for the child: that costs whoever pays', async () => {
    await add();
    const [own, theirs] = await Promise.all([sessionPage(), reader()]);
    expect(own.body).not.toContain('Cancel free of charge');
    expect(theirs.studentIds).not.toContain(child);
    expect(theirs.guardedIds).toEqual([child]);
    for (const part of ['cancel', 'move'])
      expect((await page(`/family/sessions/${session}/${part}`, `routes/family.sessions.$id_.${part}`)).status).toBe(404);
  });

  it('gets the mails about lessons only where that is wished', async () => {
    await add();
    await editGuardian(db, ctx, system, { studentId: child, clientId: guardian, relation: '', getsMails: false });
    expect([...(await mailed()).keys()]).not.toContain(await addressOf(guardian));
    await editGuardian(db, ctx, system, { studentId: child, clientId: guardian, relation: '', getsMails: true });
    expect([...(await mailed()).keys()]).toContain(await addressOf(guardian));
  });

  it('is none any more without the role that goes with it', async () => {
    await add();
    const user = await reader();
    await db.deleteFrom('userRole').where('userId', '=', user.id).execute();
    expect((await readUser(db, user.id, 'x'))?.guardedIds).toEqual([]);
    await db.insertInto('userRole').values({ userId: user.id, role: 'client' }).execute();
  });
});

describe('adding a guardian', () => {
  it('by name makes a client once, however often the button was pressed', async () => {
    const grandmother = { clientId: '', name: 'Nora Grandmother', email: 'nora@example.test' };
    const both = await Promise.all([add(grandmother), add(grandmother)]);
    expect(both[0]?.clientId).toBe(both[1]?.clientId);
    expect((await listGuardians(db, child)).filter((one) => one.name === 'Nora Grandmother')).toMatchObject([
      { relation: 'father', getsMails: true, signsIn: 'no' },
    ]);
  });

  it('who pays is none, nor is anybody who is not there', async () => {
    await expect(add({ clientId: world.id('client', 'foreign') })).rejects.toMatchObject({ field: 'clientId' });
    await expect(add({ clientId: '00000000-0000-4000-8000-000000000000' })).rejects.toMatchObject({ code: 'unknown_reference' });
    expect(newGuardianSchema.safeParse({ studentId: child, clientId: '', name: ' ' }).error?.issues[0]?.path).toEqual(['name']);
  });
});

const feedWindow = () => ({
  from: new Date('2026-01-01'),
  to: new Date('2027-01-01'),
  now: ctx.clock(),
  company: 'Harbour',
  origin: 'https://lectern.test',
});

const addressOf = async (id: string) =>
  (await db.selectFrom('client').select('email').where('id', '=', id).executeTakeFirstOrThrow()).email ?? '';

/** Where the mails of the session say it takes place, by address. */
async function mailed(): Promise<Map<string, unknown>> {
  await db.deleteFrom('mailMessage').execute();
  await db.transaction().execute((trx) => queueSessionMails(trx, ctx, { sessionId: session, kind: 'confirmed', cause: null }));
  const mails = await db.selectFrom('mailMessage').select(['toAddress', 'data']).execute();
  return new Map(mails.map((mail) => [mail.toAddress, (mail.data as { session: { where: unknown } }).session.where]));
}
