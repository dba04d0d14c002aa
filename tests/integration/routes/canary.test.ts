import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { beforeAll, expect, it } from 'vitest';
import { readUser } from '#app/auth/find-user.server.ts';
import type { Role } from '#app/auth/roles.ts';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { createFeed } from '#app/domain/feeds/create-feed.server.ts';
import { queueSessionMails } from '#app/domain/messages/queue-session-mails.server.ts';
import { aClient, aUser } from '#tests/factories/index.ts';
import { hasChecker, pdfText } from '#tests/setup/checkers.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { CANARIES, type Canary, canaryOf, hideCanaries, WATCHERS, type Watcher } from './canaries.ts';
import { EXPECTED } from './expectations.ts';
import { type RouteInfo, readRoutes, serverOf } from './server-build.ts';
import { aWorld, type World } from './world.ts';

const ORIGIN = 'http://lectern.test';
const SIDES = ['own', 'foreign'] as const;
const { db } = await testDatabase();
const ctx = testContext(db);
const { infos, build } = await readRoutes();
const ask = serverOf(build, []);

let world: World;
const past = { own: '', foreign: '' };
const tokens = {} as Record<Watcher, string>;
const userIds = {} as Record<Watcher, string>;

beforeAll(async () => {
  world = await aWorld(db, ctx);
  for (const whose of SIDES) past[whose] = (await hideCanaries(db, world, whose, ctx.clock())).session;
  const guardian = await aUser(db, { roles: ['client'] });
  const client = await aClient(db, { userId: guardian.id });
  await db
    .insertInto('studentGuardian')
    .values({ studentId: world.id('student', 'own'), clientId: client.id })
    .execute();
  userIds.guardian = guardian.id;
  tokens.guardian = await startSession(db, ctx.clock(), guardian.id, { ip: '192.0.2.1', userAgent: null });
  for (const role of WATCHERS) {
    if (role === 'guardian') continue;
    tokens[role] = world.tokens[role];
    const user = await db.selectFrom('userRole').select('userId').where('role', '=', role).executeTakeFirstOrThrow();
    userIds[role] = user.userId;
  }
});

let asked = 0;
async function read(watcher: Watcher, address: string): Promise<string> {
  asked++;
  const context = { ...ctx, requestId: `r${asked}`, cspNonce: '', clientIp: `198.51.${asked >> 8}.${asked & 255}` };
  const request = new Request(`${ORIGIN}${address}`, { headers: { Cookie: `lectern=${tokens[watcher]}` } });
  const response = await ask(request, context as AppLoadContext);
  const content = Buffer.from(await response.arrayBuffer());
  return response.headers.get('Content-Type')?.includes('pdf') ? pdfText(content) : content.toString();
}

/** Every address of a route: its record of either side, and of a session the one that is over too. */
function addressesOf(route: RouteInfo): string[] {
  const expected = EXPECTED[route.id];
  if (!expected) return [];
  const kinds = Object.values(expected.params);
  const lives = kinds.includes('session') ? [world.id, (_: unknown, whose: 'own' | 'foreign') => past[whose]] : [world.id];
  const made = SIDES.flatMap((whose) =>
    lives.map((life) =>
      route.path.replaceAll(/:(\w+)\??|\*/g, (_, name: string | undefined) => {
        const kind = expected.params[name ?? '*'] ?? 'nothing';
        return kind === 'session' ? life('session', whose) : world.id(kind, whose);
      }),
    ),
  );
  const search = expected.search ? `?${expected.search}` : '';
  return [...new Set(made)].map((path) =>
    route.isResource ? `${path}${search}` : `${path === '/' ? '/_root' : path}.data${search}`,
  );
}

/** What somebody comes upon in a text that is not theirs to know, and what that is theirs. */
function foundIn(text: string) {
  const found: { canary: Canary; whose: 'own' | 'foreign' }[] = [];
  for (const canary of Object.keys(CANARIES) as Canary[])
    for (const whose of SIDES) if (text.includes(canaryOf(canary, whose))) found.push({ canary, whose });
  return found;
}

const mayKnow = (watcher: Watcher, canary: Canary, whose: 'own' | 'foreign') =>
  (CANARIES[canary] as readonly Watcher[]).includes(watcher) && (whose === 'own' || watcher === 'scheduler');

const opened = (watcher: Watcher, route: RouteInfo) => {
  const role: Role = watcher === 'guardian' ? 'client' : watcher;
  return route.hasLoader && !route.id.startsWith('routes/dev.') && EXPECTED[route.id]?.own.includes(role);
};

it('nobody comes upon what isn’t theirs to know on any page, in any data or file, and whoever should know comes upon it', async (test) => {
  const seen = new Set<string>();
  const leaks: string[] = [];
  await hasChecker('pdftotext', test);
  for (const watcher of WATCHERS) {
    for (const route of infos.filter((one) => opened(watcher, one))) {
      for (const address of addressesOf(route)) {
        for (const { canary, whose } of foundIn(await read(watcher, address))) {
          if (mayKnow(watcher, canary, whose)) seen.add(canary);
          else leaks.push(`${watcher} reads ${canary} (${whose}) at ${address}`);
        }
      }
    }
  }
  expect(leaks).toEqual([]);
  const unseen = (Object.keys(CANARIES) as Canary[]).filter((canary) => CANARIES[canary].length > 0 && !seen.has(canary));
  expect(unseen).toEqual([]);
}, 240_000);

it('no calendar has more than its reader may know', async () => {
  const scopes = { scheduler: 'office', tutor: 'tutor', client: 'family', student: 'family', guardian: 'family' } as const;
  for (const watcher of WATCHERS) {
    const user = await readUser(db, userIds[watcher], 'x');
    if (!user) throw new Error('nobody signs in');
    const { token } = await createFeed(db, ctx, { userId: user.id, kind: 'user' }, user, {
      ...{ id: randomUUID(), scope: scopes[watcher], name: '' },
    });
    const text = (await read(watcher, `/calendar/${token}.ics`)).replaceAll('\r\n ', '');
    expect(text).toContain('BEGIN:VEVENT');
    expect(foundIn(text).filter(({ canary, whose }) => !mayKnow(watcher, canary, whose))).toEqual([]);
  }
});

it('no mail says more than its reader may know', async () => {
  for (const whose of SIDES) {
    for (const kind of ['confirmed', 'changed', 'cancelled'] as const)
      await db
        .transaction()
        .execute((trx) => queueSessionMails(trx, ctx, { sessionId: world.id('session', whose), kind, cause: null }));
  }
  const mails = await db.selectFrom('mailMessage').select(['data', 'template']).where('template', '<>', 'invoice').execute();
  expect(mails.length).toBeGreaterThan(3);
  for (const { data } of mails) {
    const { audience } = data as { audience: 'tutor' | 'client' | 'student' };
    expect(
      foundIn(JSON.stringify(data)).filter(({ canary }) => !(CANARIES[canary] as readonly string[]).includes(audience)),
    ).toEqual([]);
  }
});
