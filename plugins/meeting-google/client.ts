import { type MeetingContext, readReply, type z } from '#plugins/contract/index.ts';
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
export const read = <Schema extends z.ZodType>(schema: Schema, response: Response): Promise<z.output<Schema>> =>
  readReply('Google', schema, response);
