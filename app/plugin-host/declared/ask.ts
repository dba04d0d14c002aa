import { type MeetingContext, PluginError, type PluginErrorCode } from '#plugins/contract/index.ts';
import type { CompiledCall, Request, Values } from './compile-call.ts';
import type { Expression } from './expression.ts';

/** A described provider as calls see it, under one install's settings. */
export interface Service {
  /** What people call the provider. */
  name: string;
  /** Without a slash at its end. */
  base: string;
  /** The credentials' headers; asked again with the token that was just refused. Null: there is nothing else to try. */
  authorise(ctx: MeetingContext, rejected?: string): Promise<{ headers: Record<string, string>; token?: string }>;
  /** Whether a token that is refused may be replaced by another. */
  renews: boolean;
  errors: readonly { when: Expression; code: PluginErrorCode; message: (values: Values) => string }[];
  settings: Values;
  mask(text: string): string;
}

export interface Answer {
  status: number;
  /** What its JSON says; null where there is none. */
  reply: unknown;
}

/** Sends one call and gives what was answered, or throws the PluginError that the description or the status makes of it. */
export async function ask(
  ctx: MeetingContext,
  service: Service,
  call: CompiledCall,
  values: Values,
  extra = '',
): Promise<Answer> {
  const request = inWords(service, 'the request', () => call.build({ ...values, now: ctx.now() }));
  const target = { ...request, path: `${request.path}${extra && (request.path.includes('?') ? '&' : '?')}${extra}` };
  let { response, token } = await send(ctx, service, target);
  if (response.status === 401 && token && service.renews) ({ response, token } = await send(ctx, service, target, token));
  const text = await response.text();
  const { json, reply } = read(text);
  const { status } = response;
  if (!response.ok) throw refusal(ctx, service, { status, reply, retryAfter: response.headers.get('retry-after') });
  if (!json) throw new PluginError('contract_violation', `${service.name} sent something that can’t be read.`);
  const { expect } = call;
  if (expect && inWords(service, 'expect', () => expect.evaluate({ ...values, now: ctx.now(), status, reply })) !== true) {
    throw notAsPromised(service, 'expect');
  }
  return { status, reply };
}

async function send(ctx: MeetingContext, service: Service, { method, path, headers, body }: Request, rejected?: string) {
  const credentials = await service.authorise(ctx, rejected);
  const response = await ctx.http(`${service.base}${path}`, { method, headers: { ...headers, ...credentials.headers }, body });
  return { response, token: credentials.token };
}

function read(text: string): { json: boolean; reply: unknown } {
  if (text.trim() === '') return { json: true, reply: null };
  try {
    return { json: true, reply: JSON.parse(text) };
  } catch {
    return { json: false, reply: null };
  }
}

/** An expression that finds nothing where it looks means a reply that is not what the description promises. */
export function inWords<T>(service: Pick<Service, 'name'>, what: string, evaluate: () => T): T {
  try {
    return evaluate();
  } catch (cause) {
    throw notAsPromised(service, what, cause);
  }
}

export function notAsPromised(service: Pick<Service, 'name'>, what: string, cause?: unknown): PluginError {
  const message = `${service.name} sent something else than its description says (${what}).`;
  return new PluginError('contract_violation', message, { cause });
}

interface Refused {
  status: number;
  reply: unknown;
  retryAfter: string | null;
}

function refusal(ctx: MeetingContext, service: Service, { status, reply, retryAfter }: Refused): PluginError {
  const values = { settings: service.settings, status, reply };
  const mapped = service.errors.find(({ when }) => holds(when, values));
  const { code, message } = mapped
    ? { code: mapped.code, message: textOr(() => mapped.message(values), usual(service.name, status).message) }
    : usual(service.name, status);
  const waits = code === 'rate_limited' || code === 'quota_exhausted';
  return new PluginError(code, service.mask(message).slice(0, 400), {
    providerCode: String(status),
    ...(waits ? { retryAt: retryAt(ctx.now(), retryAfter) } : {}),
  });
}

function holds(when: Expression, values: Values): boolean {
  try {
    return when.evaluate(values) === true;
  } catch {
    return false;
  }
}

function textOr(make: () => string, otherwise: string): string {
  try {
    return make();
  } catch {
    return otherwise;
  }
}

function usual(name: string, status: number): { code: PluginErrorCode; message: string } {
  if (status === 401) return { code: 'auth_expired', message: `${name} no longer accepts the credentials of its settings.` };
  if (status === 403)
    return { code: 'scope_missing', message: `${name} doesn’t allow this with the credentials of its settings.` };
  if (status === 404 || status === 410) return { code: 'not_found', message: `${name} no longer has this room.` };
  if (status === 409) return { code: 'conflict', message: `${name} says that this is at odds with what it has.` };
  if (status === 429) return { code: 'rate_limited', message: `${name} takes no more calls for now.` };
  if (status >= 500) return { code: 'unavailable', message: `${name} has a fault of its own.` };
  return { code: 'rejected', message: `${name} refuses the call (${status}).` };
}

/** Retry-After is a number of seconds or a date; a minute where it is not said. */
function retryAt(now: Date, said: string | null): Date {
  const seconds = Number(said);
  if (said && Number.isFinite(seconds)) return new Date(now.getTime() + Math.min(Math.max(seconds, 1), 86_400) * 1_000);
  const date = said ? Date.parse(said) : Number.NaN;
  return new Date(Number.isNaN(date) ? now.getTime() + 60_000 : Math.max(date, now.getTime()));
}
