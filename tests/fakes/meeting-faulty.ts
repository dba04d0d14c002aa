import {
  definePlugin,
  isPluginError,
  type MeetingContext,
  type MeetingProvider,
  PluginError,
  secret,
  z,
} from '#plugins/contract/index.ts';

const config = z.object({
  apiKey: secret('API key', 'Account, Developers, Keys.'),
  region: z
    .enum(['eu', 'us'])
    .default('eu')
    .meta({ title: 'Region', options: { eu: 'Europe', us: 'America' } }),
  seats: z.int().min(2).max(50).default(10).meta({ title: 'Seats' }),
  lobby: z.boolean().default(true).meta({ title: 'Lobby' }),
  brand: z.string().max(40).optional().meta({ title: 'Brand' }),
});

const roomReply = z.object({ id: z.string(), url: z.url({ protocol: /^https$/ }) });

async function call(
  ctx: MeetingContext,
  { apiKey }: { apiKey: string },
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  const response = await ctx.http(`https://api.faulty.example${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  ctx.log('called', { method, path, status: response.status });
  if (response.status === 401) throw new PluginError('auth_expired', 'Faulty Rooms no longer accepts the API key.');
  if (response.status === 429) {
    const seconds = Number(response.headers.get('retry-after'));
    const retryAt = new Date(ctx.now().getTime() + seconds * 1_000);
    throw new PluginError('rate_limited', 'Faulty Rooms takes no more calls for now.', { retryAt });
  }
  if (response.status >= 500) throw new PluginError('unavailable', 'Faulty Rooms has a fault of its own.');
  return response;
}

/** A provider as real ones are: an account with a key, rooms made by calls, and every fault on demand (`FaultyServer`). */
export const plugin = definePlugin({
  kind: 'meeting',
  id: 'meeting-faulty',
  apiVersion: 1,
  version: '1.0.0',
  name: 'Faulty Rooms',
  description: 'Rooms by an API that fails whenever a test wants it to.',
  config,
  configVersion: 1,
  capabilities: {
    provisioning: 'ahead',
    create: 'reconcile',
    links: 'shared',
    attendance: 'none',
    auth: 'install',
    instant: true,
    recording: false,
    maxParticipants: 50,
  },
  hosts: ['api.faulty.example'],
  async check(ctx, settings) {
    try {
      await call(ctx, settings, 'GET', '/account');
      return { ok: true, message: 'Faulty Rooms knows the key.' };
    } catch (error) {
      if (!isPluginError(error)) throw error;
      return { ok: false, message: error.publicMessage };
    }
  },
  create: (settings): MeetingProvider => {
    async function room(response: Response) {
      const parsed = roomReply.safeParse(await response.json().catch(() => undefined));
      if (!parsed.success) throw new PluginError('contract_violation', 'Faulty Rooms sent something that is no room.');
      return { ref: parsed.data.id, joinUrl: parsed.data.url };
    }

    async function findByCode(ctx: MeetingContext, code: string) {
      const response = await call(ctx, settings, 'GET', `/rooms/by-code/${code}`);
      return response.status === 404 ? undefined : room(response);
    }

    /** What changes a room is answered with nothing. */
    function done(response: Response): void {
      if (response.status !== 204 && response.status !== 404)
        throw new PluginError('contract_violation', 'Faulty Rooms answered something that makes no sense.');
    }

    return {
      async provision(ctx, want, have) {
        const known = have.ref ? { ref: have.ref, joinUrl: have.joinUrl ?? '' } : await findByCode(ctx, want.code);
        const times = { startsAt: want.startsAt, endsAt: want.endsAt };
        if (known) {
          done(await call(ctx, settings, 'PATCH', `/rooms/${known.ref}`, times));
          return { state: 'ready', ...known };
        }
        const made = await room(
          await call(ctx, settings, 'POST', '/rooms', { code: want.code, seats: settings.seats, ...times }),
        );
        return { state: 'ready', ...made };
      },
      findByCode: (ctx, want) => findByCode(ctx, want.code),
      async release(ctx, have) {
        if (have.ref) done(await call(ctx, settings, 'DELETE', `/rooms/${have.ref}`));
      },
      async joinUrl(_ctx, have) {
        return have.joinUrl ?? undefined;
      },
    };
  },
});
