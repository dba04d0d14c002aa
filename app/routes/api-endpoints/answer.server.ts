import { createHash } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import type { z } from 'zod';
import { type ApiCaller, keyMay } from '#app/auth/api-scopes.ts';
import { findApiCaller } from '#app/auth/find-api-caller.server.ts';
import { countUse, networkOf, type Use } from '#app/auth/limits.server.ts';
import { type Answer, doOnce } from '#app/domain/api/do-once.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { isId } from './cursor.ts';
import { domainProblem } from './domain-problem.ts';
import { refuseMissing } from './missing.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations.server.ts';
import { CallRefused, type Problem, problemBody, refuse } from './problem.ts';
import { readBody } from './read-body.server.ts';

export interface ApiArgs {
  request: Request;
  context: AppLoadContext;
  params: { id?: string | undefined };
}

/**
 * Answers one call at an address of the API: who calls, how often, with what; then the operation, once where the caller
 * named the write. Every failure is a problem document (RFC 9457).
 * @param path as in the operations, such as `/sessions/{id}`
 */
export async function answerApi(args: ApiArgs, path: string): Promise<Response> {
  const headers = new Headers({ 'Cache-Control': 'no-store', Vary: 'Authorization' });
  try {
    const caller = await callerOf(args);
    limit(headers, await countUse(args.context.db, { limit: 'apiKey', of: caller.keyId }));
    const operation = operationAt(path, args.request.method);
    if (!keyMay(caller, operation.scope))
      throw refuse(403, 'insufficient_scope', { detail: `The key needs the scope ${operation.scope}.` });
    const answer = await carryOut(args, operation, caller, headers);
    if (operation.location && answer.status === 201) headers.set('Location', operation.location(answer.body as { id: string }));
    headers.set('Content-Type', answer.status < 400 ? 'application/json' : 'application/problem+json');
    return new Response(JSON.stringify(answer.body), { status: answer.status, headers });
  } catch (error) {
    return problemResponse(problemOf(error, args), args.context, headers);
  }
}

/** At an address where nothing is. */
export async function answerNothing(args: ApiArgs): Promise<Response> {
  return answerApi(args, '');
}

async function callerOf({ request, context }: ApiArgs): Promise<ApiCaller> {
  const caller = await findApiCaller(context.db, context, request.headers.get('Authorization'));
  if (caller) return caller;
  // Guessing is hopeless and still costs us a look, so it is slowed down.
  const use = await countUse(context.db, { limit: 'apiAddress', of: networkOf(context.clientIp) });
  if (use.over) throw refuse(429, 'rate_limited', { headers: { 'Retry-After': String(use.resetSeconds) } });
  throw refuse(401, 'unauthorized', { headers: { 'WWW-Authenticate': 'Bearer realm="Lectern"' } });
}

function limit(headers: Headers, use: Use): void {
  headers.set('RateLimit-Policy', `"key";q=${use.limit};w=${use.windowSeconds}`);
  headers.set('RateLimit', `"key";r=${use.remaining};t=${use.resetSeconds}`);
  if (use.over) throw refuse(429, 'rate_limited', { headers: { 'Retry-After': String(use.resetSeconds) } });
}

function operationAt(path: string, method: string): Operation {
  const here = OPERATIONS.filter((operation) => operation.path === path);
  if (here.length === 0) throw new CallRefused({ status: 404, code: 'not_found', detail: 'There is nothing at this address.' });
  const found = here.find((operation) => operation.method === (method === 'HEAD' ? 'GET' : method));
  if (found) return found;
  throw refuse(405, 'method_not_allowed', { headers: { Allow: here.map((operation) => operation.method).join(', ') } });
}

async function carryOut(
  { request, context, params }: ApiArgs,
  operation: Operation,
  caller: ApiCaller,
  headers: Headers,
): Promise<Answer> {
  if (operation.path.includes('{id}') && !isId(params.id)) refuseMissing();
  const id = params.id ?? '';
  const query = checked(operation.query, Object.fromEntries(new URL(request.url).searchParams));
  const text = operation.body ? await readBody(request) : '';
  const body = operation.body ? checked(operation.body, parse(text)) : undefined;
  const actor = { userId: null, kind: 'api' as const, apiKeyId: caller.keyId, requestId: context.requestId };
  const act = async (db: AppLoadContext['db']): Promise<Answer> => {
    const value = await operation.run({ db, context, caller, actor, id, query, body });
    return { status: operation.status, body: operation.answer.parse(value) };
  };
  const key = operation.method === 'POST' ? request.headers.get('Idempotency-Key') : null;
  if (key === null) return act(context.db);
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw refuse(400, 'idempotency_key_invalid');
  const requestHash = createHash('sha256').update(`${operation.id} ${id}\n${text}`).digest('base64url');
  const told = { origin: context.config.origin, requestId: context.requestId };
  const answer = await doOnce(context.db, { apiKeyId: caller.keyId, key, requestHash }, act, (error) => {
    const problem = domainProblem(error);
    return { status: problem.status, body: problemBody(problem, told) };
  });
  if (!answer) throw refuse(422, 'idempotency_key_reused');
  if (answer.again) headers.set('Idempotent-Replayed', 'true');
  return answer;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(400, 'invalid_json', { detail: `The body is no JSON: ${(error as Error).message}` });
  }
}

function checked<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  const errors = read.error.issues.flatMap((issue) => {
    const at = issue.path.map(String);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ field: [...at, key].join('.'), message: 'This field is not known here.' }));
    return [{ field: at.join('.'), message: issue.message }];
  });
  const [first] = errors;
  throw new CallRefused({
    status: 400,
    code: 'invalid_value',
    detail: first ? `${first.field ? `${first.field}: ` : ''}${first.message}` : 'This can’t be read.',
    errors,
  });
}

function problemOf(error: unknown, { context }: ApiArgs): Problem {
  if (error instanceof CallRefused) return error.problem;
  if (isDomainError(error)) return domainProblem(error);
  context.log.error({ err: error }, 'an API call failed');
  return refuse(500, 'internal').problem;
}

function problemResponse(problem: Problem, context: AppLoadContext, headers: Headers): Response {
  for (const [name, value] of Object.entries(problem.headers ?? {})) headers.set(name, value);
  headers.set('Content-Type', 'application/problem+json');
  const body = problemBody(problem, { origin: context.config.origin, requestId: context.requestId });
  return new Response(JSON.stringify(body), { status: problem.status, headers });
}
