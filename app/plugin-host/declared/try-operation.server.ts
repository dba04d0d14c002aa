import { createHmac } from 'node:crypto';
import { isPluginError, type MeetingContext, PluginError } from '#plugins/contract/index.ts';
import { ask } from './ask.ts';
import type { DescribedProvider } from './describe-provider.ts';
import { instant, listValue } from './reply-values.ts';
import type { Operation } from './scope.ts';
import type { Description, SettingDescription } from './shape.ts';

/** An operation of the description, or an event that comes in. */
export type Tried = Operation | 'webhook';

export interface Trial {
  /** What would be sent, secrets masked; null where nobody is called. */
  request: string | null;
  /** What is made of the reply: each key with its value. */
  values: { key: string; value: string }[];
  /** Why it is refused, as the session's page would say it; null where it is taken. */
  problem: string | null;
}

interface Recorded {
  status: number;
  /** The reply's body, or the event's, as the provider sent it. */
  body: string;
}

const MISSING = 'is not there';

const now = new Date('2030-03-02T09:00:00Z');
const tutor = { id: '0190a000-0000-7000-8000-000000000001', name: 'Ana Núñez', email: 'ana@example.com', personalRoomUrl: null };
const session = {
  want: {
    ...{ sessionId: '0190a000-0000-7000-8000-0000000000aa', code: 'abcdefghijklmnopqrstuvwxyz', title: 'Algebra' },
    ...{ startsAt: new Date('2030-03-02T15:00:00Z'), endsAt: new Date('2030-03-02T16:00:00Z'), timezone: 'Europe/Dublin' },
    ...{ tutor, students: 1, place: null },
  },
  have: { ref: 'a-room', joinUrl: 'https://rooms.example.com/a-room' },
  who: { userId: '0190a000-0000-7000-8000-0000000000bb', name: 'Mia Byrne', email: 'mia@example.com', role: 'guest' },
  window: { opensAt: new Date('2030-03-02T14:50:00Z'), closesAt: new Date('2030-03-02T16:00:00Z'), tutor },
};

/** What of a description can be tried. */
export function operationsOf({ description, compiled }: DescribedProvider): Tried[] {
  return [...(Object.keys(compiled.operations) as Operation[]), ...(description.webhook ? (['webhook'] as const) : [])];
}

/**
 * Shows what an operation of a description would send for a made-up session, and what it makes of a reply that somebody recorded.
 * Calls nobody: settings are made up too.
 */
export async function tryOperation(described: DescribedProvider, name: Tried, recorded: Recorded): Promise<Trial> {
  const config = sampleSettings(described.description);
  if (name === 'webhook') return tryEvent(described, config, recorded.body);
  const operation = described.compiled.operations[name];
  if (!operation) throw new PluginError('unsupported', `There is no ${name} in it.`);
  const service = described.serviceOf(config);
  const trial: Trial = { request: null, values: [], problem: null };
  const ctx = recordedContext(recorded, (request) => {
    trial.request = request;
  });
  try {
    const all = { ...session, settings: service.settings, now };
    const answer = operation.call ? await ask(ctx, service, operation.call, all) : { status: recorded.status, reply: null };
    const seen = { ...all, ...answer };
    const { list, ...others } = operation.reply;
    const items = list ? listValue(list.evaluate(seen)).slice(0, 3) : [undefined];
    if (list) trial.values.push({ key: 'list', value: `${items.length === 0 ? 'nothing in it' : 'its first ones follow'}` });
    for (const [index, item] of items.entries()) {
      for (const [key, expression] of Object.entries(others)) {
        const value = shown(() => expression?.evaluate({ ...seen, item }));
        trial.values.push({ key: list ? `${index + 1}. ${key}` : key, value });
      }
    }
    if (trial.values.some(({ value }) => value.startsWith(MISSING))) {
      trial.problem = 'contract_violation: something that the description takes from the reply is not in it.';
    }
  } catch (error) {
    trial.problem = isPluginError(error) ? `${error.code}: ${error.publicMessage}` : 'The list is not one.';
  }
  return trial;
}

function recordedContext({ status, body }: Recorded, onRequest: (request: string) => void): MeetingContext {
  const http: MeetingContext['http'] = async (url, init = {}) => {
    const headers = Object.entries((init.headers ?? {}) as Record<string, string>).map(([key, value]) => `${key}: ${value}`);
    onRequest([`${init.method} ${url}`, ...headers, ...(init.body ? ['', pretty(String(init.body))] : [])].join('\n'));
    return new Response([204, 304].includes(status) ? null : body, { status });
  };
  const accessToken = async () => '•••';
  return {
    http,
    accessToken,
    account: null,
    now: () => now,
    signal: AbortSignal.timeout(5_000),
    idempotencyKey: 'trial',
    log: () => {},
  };
}

function tryEvent(described: DescribedProvider, config: Record<string, unknown>, body: string): Trial {
  const trial: Trial = { request: null, values: [], problem: null };
  const { webhook } = described.description;
  const settings = described.serviceOf(config).settings;
  const read = described.compiled.webhook?.(settings);
  if (!webhook || !read) throw new PluginError('unsupported', 'There is no webhook in it.');
  const { signature } = webhook;
  const seconds = Math.floor(now.getTime() / 1_000);
  const timestamp = { seconds: String(seconds), milliseconds: String(seconds * 1_000), iso: now.toISOString() }[
    signature.timestamp
  ];
  const secret = signature.secret.replaceAll(/\$\{settings\.(\w+)\}/g, (_all, name: string) => String(settings[name] ?? ''));
  const signed = signature.signed.replace('{timestamp}', timestamp).replace('{body}', () => body);
  const hmac = createHmac(signature.algorithm, secret).update(signed).digest(signature.encoding);
  const headers: Record<string, string> = {
    [signature.header]: signature.format.replace('{timestamp}', timestamp).replace('{signature}', hmac),
    ...(signature.timestampHeader ? { [signature.timestampHeader]: timestamp } : {}),
  };
  const result = read({ headers, rawBody: Buffer.from(body), now });
  if (!result.ok) return { ...trial, problem: `${result.message}.` };
  for (const event of result.events) {
    const { at, ...facts } = event;
    for (const [key, value] of Object.entries({ ...facts, at: instant(at) }))
      trial.values.push({ key, value: shown(() => value) });
  }
  return trial;
}

function sampleSettings({ settings }: Description): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([name, field]) => [name, sampleOf(field)]));
}

function sampleOf(field: SettingDescription): unknown {
  if (field.type === 'secret') return '•••';
  if (field.default !== undefined) return field.default;
  switch (field.type) {
    case 'number':
      return field.min ?? 1;
    case 'choice':
      return Object.keys(field.options)[0];
    case 'host':
      return 'rooms.example.com';
    case 'url':
      return 'https://rooms.example.com/';
    default:
      return field.title;
  }
}

function shown(make: () => unknown): string {
  try {
    const value = make();
    if (value === null || value === undefined) return 'nothing';
    return value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : JSON.stringify(value);
  } catch (error) {
    return `${MISSING}: ${(error as { summary?: string }).summary ?? (error as Error).message}`;
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
