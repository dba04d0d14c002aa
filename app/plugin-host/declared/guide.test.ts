import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { testMeetingProvider } from '#plugins/contract/testing/index.ts';
import { brightroomServer } from '#tests/fakes/brightroom-server.ts';
import { described } from '#tests/fakes/declared.ts';
import { describeProvider } from './describe-provider.ts';

const guide = readFileSync(new URL('../../../docs/plugins.md', import.meta.url), 'utf8');
const [simple = '', whole = ''] = [...guide.matchAll(/```yaml\n(.+?)```/gs)].map(([, example]) => example);

test('the example of the guide is a provider', () => {
  expect(describeProvider(simple)).toMatchObject({ ok: true, provider: { plugin: { id: 'meeting-acme', name: 'Acme Rooms' } } });
});

describe('the example with events and a link for the host', () => {
  const { plugin } = described(whole);
  testMeetingProvider(plugin, brightroomServer());

  const server = brightroomServer();
  const provider = plugin.create(plugin.config.parse(server.settings));
  const ctx = { http: (url: string, init: RequestInit) => server.fetch(new URL(url), init), now: () => new Date() } as never;
  const at = new Date('2026-03-28T15:00:00Z');
  const want = { code: 'abc', title: 'Algebra', startsAt: at, endsAt: at } as never;

  test('asks for the room again to give the host a link that is kept nowhere', async () => {
    const made = await provider.provision(ctx, want, { ref: null, joinUrl: null });
    expect(made).toEqual({ state: 'ready', ref: 'room-1' });
    const link = (role: string) => provider.joinUrl(ctx, { ref: 'room-1', joinUrl: null }, { role } as never, {} as never, want);
    expect(await link('host')).toBe('https://brightroom.example/room-1?host=canary-host');
    expect(await link('guest')).toBe('https://brightroom.example/room-1');
    expect(await link('observer')).toBe('https://brightroom.example/room-1');
  });

  test('says what of an event it looked for and did not find', () => {
    const [call] = brightroomServer().webhooks?.('room-1', at) ?? [];
    const other = described(whole.replace('at: event.at', 'at: event.when')).plugin;
    const webhook = other.create(other.config.parse(server.settings)).webhook;
    const read = webhook?.({ headers: call?.headers ?? {}, rawBody: call?.rawBody ?? Buffer.alloc(0), now: at });
    expect(read).toEqual({ ok: false, status: 400, message: 'This event can’t be read (events: at)' });
  });
});

test.each([
  ['facts: { joined: person.joined', 'facts: { person.joined: joined', 'Known are started, ended, gone, joined, left.'],
  ['secret: ${settings.webhookSecret}', 'secret: settings.webhookSecret', 'like "${settings.apiKey}"'],
])('a slip in it is told with the way to write it: %s', (line, other, said) => {
  expect(whole).toContain(line);
  const found = describeProvider(whole.replace(line, other));
  expect(found.ok ? [] : found.problems.map(({ message }) => `${message}.`).join('\n')).toContain(said);
});
