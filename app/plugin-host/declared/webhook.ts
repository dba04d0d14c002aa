import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MeetingEvent, MeetingProvider, PresentPerson } from '#plugins/contract/index.ts';
import type { At, Values } from './compile-call.ts';
import { compileExpression, type Expression, type Variables } from './expression.ts';
import { instant, textValue } from './reply-values.ts';
import type { Description } from './shape.ts';
import { compileText } from './template.ts';

type WebhookDescription = NonNullable<Description['webhook']>;

const WINDOW_MS = 5 * 60_000;

/** How an install reads its provider's events, given its settings. */
export type CompiledWebhook = (settings: Values) => NonNullable<MeetingProvider['webhook']>;

/** Checks the words of a description's webhook once; each install reads by them under its own settings. */
export function compileWebhook(
  webhook: WebhookDescription,
  scope: { settings: Variables; event: Variables },
  at: At,
): CompiledWebhook {
  const { signature, events } = webhook;
  const secret = at(['signature', 'secret'], () => compileText(signature.secret, scope.settings));
  const expression = (path: readonly string[], source: string | undefined) =>
    source === undefined ? undefined : at(path, () => compileExpression(source, scope.event));
  const key = expression(['events', 'key'], events.key);
  const type = expression(['events', 'type'], events.type);
  const ref = expression(['events', 'ref'], events.ref);
  const when = expression(['events', 'at'], events.at);
  const person = Object.fromEntries(
    Object.entries(events.person).map(([name, source]) => [name, expression(['events', 'person', name], source)]),
  );
  const named = new Map([
    ...Object.entries({ key, type, ref, at: when }).map(([name, one]) => [one, name] as const),
    ...Object.entries(person).map(([name, one]) => [one, `person.${name}`] as const),
  ]);
  const facts = new Map(Object.entries(events.facts).flatMap(([fact, types]) => [types ?? []].flat().map((one) => [one, fact])));

  return (settings) => {
    const signingSecret = secret?.({ settings }) ?? '';
    return ({ headers, rawBody, now }) => {
      const refused = (status: number, message: string) => ({ ok: false as const, status, message });
      if (signingSecret === '') return refused(401, 'No signing secret is set');
      const signed = readSignature(signature, headers);
      if (!signed || !matches(signature, signed, signingSecret, rawBody))
        return refused(401, 'The signature is not the provider’s');
      if (Math.abs(now.getTime() - signed.at) > WINDOW_MS) return refused(401, 'This was sent too long ago');
      let reading: string | undefined;
      try {
        const values = { settings, event: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody)) };
        const get = (one: Expression | undefined) => {
          if (one) reading = named.get(one);
          return one?.evaluate(values) ?? null;
        };
        const base = { key: textValue(get(key)), type: textValue(get(type)), ref: textOrNone(get(ref)), at: instant(get(when)) };
        const fact = facts.get(base.type);
        if (fact === 'joined' || fact === 'left') {
          return { ok: true, events: [{ ...base, fact, person: personOf(person, get) }] };
        }
        return { ok: true, events: [{ ...base, fact: (fact ?? 'other') as 'other' } satisfies MeetingEvent] };
      } catch {
        return refused(400, `This event can’t be read${reading ? ` (events: ${reading})` : ''}`);
      }
    };
  };
}

/** Somebody as the provider tells it; who has no name there is a guest. */
export function personOf(
  person: Partial<Record<string, Expression | undefined>>,
  get: (one: Expression | undefined) => unknown,
): PresentPerson {
  const orNull = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  return {
    key: textValue(get(person.key)),
    name: orNull(get(person.name)) ?? 'Guest',
    email: orNull(get(person.email)),
    userId: orNull(get(person.userId)),
  };
}

const textOrNone = (value: unknown) => (value === null ? '' : textValue(value));

interface ReadSignature {
  /** As it was sent: it is part of what is signed. */
  timestamp: string;
  at: number;
  signature: string;
}

function readSignature(
  { header, format, timestampHeader, timestamp }: WebhookDescription['signature'],
  headers: Readonly<Record<string, string>>,
): ReadSignature | undefined {
  const pattern = format
    .split(/(\{timestamp\}|\{signature\})/)
    .map((piece) =>
      piece === '{timestamp}'
        ? '(?<timestamp>[^,;\\s]{1,40})'
        : piece === '{signature}'
          ? '(?<signature>[^,;\\s]{1,200})'
          : escaped(piece),
    )
    .join('');
  const found = new RegExp(`^${pattern}$`).exec(headers[header] ?? '')?.groups;
  const sent = timestampHeader ? headers[timestampHeader] : found?.timestamp;
  if (!found?.signature || !sent) return undefined;
  const at = timestamp === 'iso' ? Date.parse(sent) : Number(sent) * (timestamp === 'seconds' ? 1_000 : 1);
  return Number.isFinite(at) ? { timestamp: sent, at, signature: found.signature } : undefined;
}

function matches(
  { signed, algorithm, encoding }: WebhookDescription['signature'],
  sent: ReadSignature,
  secret: string,
  rawBody: Uint8Array,
): boolean {
  const hmac = createHmac(algorithm, secret);
  for (const piece of signed.split(/(\{timestamp\}|\{body\})/)) {
    if (piece === '{body}') hmac.update(rawBody);
    else hmac.update(piece === '{timestamp}' ? sent.timestamp : piece);
  }
  const ours = hmac.digest();
  const theirs = Buffer.from(sent.signature, encoding);
  return theirs.length === ours.length && timingSafeEqual(ours, theirs);
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
