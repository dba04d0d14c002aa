import type { AppLoadContext } from '@remix-run/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '#app/auth/roles.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { EXPECTED, type Expectation } from './expectations.ts';
import { type Ask, type RouteInfo, readRoutes, serverOf } from './server-build.ts';
import { aWorld, type Whose, type World } from './world.ts';

type Reader = Role | 'nobody';
type Way = 'document' | 'data' | 'post' | 'post data';

const ORIGIN = 'http://lectern.test';
const { db } = await testDatabase();
const ctx = testContext(db);
const { infos, build } = await readRoutes();
const errors: unknown[] = [];
const ask: Ask = serverOf(build, errors);

let world: World;
let asked = 0;

beforeAll(async () => {
  world = await aWorld(db, ctx);
});

function addressOf(route: RouteInfo, expected: Expectation, whose: Whose): string {
  return route.path.replaceAll(/:(\w+)\??|\*/g, (_, name: string | undefined) => {
    const kind = expected.params[name ?? '*'];
    if (kind === undefined) throw new Error(`${route.id}: say in the table which record "${name ?? '*'}" is`);
    return world.id(kind, whose);
  });
}

/** Every way to a route's code that a browser or a script has. A data request names the one loader, so no parent helps. */
function requestFor(route: RouteInfo, expected: Expectation, reader: Reader, whose: Whose, way: Way): Request {
  const address = addressOf(route, expected, whose);
  const search = new URLSearchParams(expected.search);
  const isData = way === 'data' || way === 'post data';
  if (way === 'data') search.set('_routes', route.id);
  if (way.startsWith('post') && route.index) search.set('index', '');
  const path = isData ? (address === '/' ? '/_root.data' : `${address}.data`) : address;
  const headers = new Headers(reader === 'nobody' ? {} : { Cookie: `lectern=${world.tokens[reader]}` });
  const url = `${ORIGIN}${path}${search.size === 0 ? '' : `?${search}`}`;
  if (!way.startsWith('post')) return new Request(url, { headers });
  return new Request(url, { method: 'POST', headers, body: new URLSearchParams() });
}

async function outcome(route: RouteInfo, expected: Expectation, reader: Reader, whose: Whose, way: Way) {
  asked++;
  const context = { ...ctx, requestId: `r${asked}`, cspNonce: '', clientIp: `198.51.${asked >> 8}.${asked & 255}` };
  const response = await ask(requestFor(route, expected, reader, whose, way), context as AppLoadContext);
  const body = await response.text();
  // A data request is redirected by what it says, not by its status.
  const location = response.headers.get('Location') ?? (response.status === 202 ? body : '');
  return { status: response.status, toSignIn: location.includes('/login'), body };
}

const waysOf = (route: RouteInfo): Way[] => [
  ...(route.hasLoader || !route.isResource ? (['document'] as const) : []),
  ...(route.hasLoader && !route.isResource ? (['data'] as const) : []),
  ...(route.hasAction ? (['post'] as const) : []),
  ...(route.hasAction && !route.isResource ? (['post data'] as const) : []),
];

describe('the table', () => {
  it('names every route there is, and no other', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(infos.map((route) => route.id).sort());
  });
});

const mapped = infos.filter((route) => EXPECTED[route.id] !== undefined);

describe.each(mapped)('$id', (route) => {
  const expected = EXPECTED[route.id] as Expectation;
  const withRecord = Object.values(expected.params).some((kind) => kind !== 'nothing');
  const sides: Whose[] = withRecord ? ['own', 'foreign'] : ['own'];
  // An open route's write is refused to nobody, so there is nothing to ask.
  const ways = waysOf(route).filter((way) => !(expected.open && way.startsWith('post')));
  const cases = sides.flatMap((whose) => ways.map((way) => [whose, way] as const));

  const letIn = (whose: Whose, way: Way): readonly Role[] => {
    if (way.startsWith('post')) return whose === 'own' ? expected.post : expected.postForeign;
    return whose === 'own' ? expected.own : expected.foreign;
  };

  it.each(cases)('%s record, %s: whoever may, and nobody else', async (whose, way) => {
    const seen: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const reader of ['nobody', ...ROLES] as const) {
      const allowed = expected.open || (reader !== 'nobody' && letIn(whose, way).includes(reader));
      // What a write does to those who may is not for this test; that it is refused to all others is.
      if (allowed && way.startsWith('post')) continue;
      const { status, toSignIn } = await outcome(route, expected, reader, whose, way);
      const refused = status === 403 || status === 404 || status === 401;
      if (allowed) {
        wanted[reader] = 'in';
        const in_ = status < 500 && (expected.open || (!refused && !toSignIn));
        seen[reader] = in_ ? 'in' : `${status}${toSignIn ? ' to sign-in' : ''}`;
      } else if (reader === 'nobody') {
        wanted[reader] = 'to sign-in';
        seen[reader] = toSignIn ? 'to sign-in' : String(status);
      } else {
        // A page stands in its parents' frame, which may refuse before it does: then with 403.
        const refusal = expected.hiddenFrom.includes(reader) ? '404' : '403';
        wanted[reader] = refusal;
        seen[reader] = way === 'document' && status === 403 ? refusal : String(status);
      }
    }
    const failures = errors.splice(0);
    expect(seen).toEqual(wanted);
    expect(failures).toEqual([]);
  });

  const unknowing = ROLES.filter((role) => expected.hiddenFrom.includes(role) && !expected.foreign.includes(role));
  if (unknowing.length > 0 && withRecord && route.hasLoader) {
    it('a record that may not be known of answers like one that is not there', async () => {
      const way = route.isResource ? 'document' : 'data';
      for (const reader of unknowing) {
        const foreign = await outcome(route, expected, reader, 'foreign', way);
        const missing = await outcome(route, expected, reader, 'missing', way);
        expect([reader, foreign.status, foreign.body]).toEqual([reader, missing.status, missing.body]);
      }
    });
  }
});
