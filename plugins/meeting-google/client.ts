import { isPluginError, type MeetingContext, PluginError, type z } from '#plugins/contract/index.ts';
import { failureOf } from './failures.ts';

export const MEET = 'https://meet.googleapis.com/v2';
export const CALENDAR = 'https://www.googleapis.com/calendar/v3';

interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  query?: Readonly<Record<string, string>>;
  body?: unknown;
}

/** Calls Google for the tutor's account; a token that ended early is replaced once. Throws PluginErrors alone. */
export async function callGoogle(ctx: MeetingContext, address: string, call: Call = {}): Promise<Response> {
  const token = await ctx.accessToken();
  const first = await send(ctx, address, call, token);
  const response = first.status === 401 ? await send(ctx, address, call, await ctx.accessToken(token)) : first;
  if (response.ok) return response;
  throw failureOf(response, await response.text().catch(() => ''), ctx.now());
}

function send(ctx: MeetingContext, address: string, { method = 'GET', query, body }: Call, token: string): Promise<Response> {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  return ctx.http(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The reply as it was promised; anything else fails closed. */
export async function read<Schema extends z.ZodType>(schema: Schema, response: Response): Promise<z.output<Schema>> {
  let body: unknown;
  try {
    body = await response.json();
  } catch (error) {
    if (isPluginError(error)) throw error;
    throw new PluginError('contract_violation', 'Google sent something that can’t be read.', { cause: error });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new PluginError('contract_violation', 'Google sent something that is not what it promises.', { cause: parsed.error });
}

/** What is gone at Google is no failure. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isPluginError(error) && error.code === 'not_found') return undefined;
    throw error;
  }
}
