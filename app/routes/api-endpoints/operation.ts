import type { AppLoadContext } from '@remix-run/node';
import type { z } from 'zod';
import type { ApiCaller, ApiScope } from '#app/auth/api-scopes.ts';
import type { Actor } from '#app/context.ts';

type Db = AppLoadContext['db'];

/** One call, with everything in it read and found to be right. */
export interface Call<Query, Body> {
  /** Of a write that is named by an Idempotency-Key, the transaction of it. */
  db: Db;
  context: AppLoadContext;
  caller: ApiCaller;
  actor: Actor;
  /** Of the path. */
  id: string;
  query: Query;
  body: Body;
}

/** What the API can do at an address: the document, the page about it and the calls are made from this. */
export interface Operation {
  id: string;
  method: 'GET' | 'POST';
  /** Below /api/v1; `{id}` stands for an id. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  scope: ApiScope;
  query: z.ZodObject;
  body: z.ZodType | undefined;
  answer: z.ZodType;
  status: 200 | 201;
  /** Where what was made is. */
  location?: (answer: { id: string }) => string;
  run(call: Call<unknown, unknown>): Promise<unknown>;
}

interface Definition<Query extends z.ZodObject, Body extends z.ZodType> extends Omit<Operation, 'query' | 'body' | 'run'> {
  query: Query;
  body?: Body;
  run(call: Call<z.output<Query>, z.output<Body>>): Promise<unknown>;
}

/** Says what one operation is; its query and body are known inside by their schemas. */
export function operation<Query extends z.ZodObject, Body extends z.ZodType>(definition: Definition<Query, Body>): Operation {
  return { ...definition, body: definition.body, run: definition.run as Operation['run'] };
}
