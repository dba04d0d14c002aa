import { z } from 'zod';
import { SCOPE_MEANINGS } from '#app/auth/api-scopes.ts';
import { bodies } from './inputs.ts';
import type { Operation } from './operation.ts';
import { answers, problem } from './schemas.ts';

export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: unknown[];
  default?: unknown;
  format?: string;
  [more: string]: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

interface Content {
  content: Record<string, { schema: JsonSchema }>;
}

export interface OperationDocument {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security: { key: string[] }[];
  parameters: Parameter[];
  requestBody?: Content & { required: true };
  responses: Record<string, Content & { description: string }>;
}

export interface OpenApi {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, OperationDocument>>;
  components: {
    securitySchemes: Record<string, unknown>;
    schemas: Record<string, JsonSchema>;
  };
}

const REFUSALS: Record<string, string> = {
  '400': 'Something in the call makes no sense',
  '401': 'No key, or none that holds',
  '403': 'The key lacks the scope',
  '404': 'Nothing has this id',
  '409': 'What is there speaks against it: a clash, a change meanwhile, a lock',
  '413': 'The body is too large',
  '415': 'The body is no JSON by its type',
  '422': 'The Idempotency-Key was used for another write',
  '429': 'Too many calls',
};

const uri = (id: string) => `#/components/schemas/${id}`;

/** The API as an OpenAPI 3.1 document, made of the schemas that the calls are read and answered by. */
export function openApi(operations: readonly Operation[], origin: string): OpenApi {
  const paths: OpenApi['paths'] = {};
  for (const operation of operations) {
    const methods = paths[operation.path] ?? {};
    paths[operation.path] = methods;
    methods[operation.method.toLowerCase()] = documentOf(operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lectern',
      version: '1',
      description: 'Tutors, students, programs, free slots and sessions of a tutoring company.',
    },
    servers: [{ url: `${origin}/api/v1` }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'A key that an administrator makes, with the scopes it needs.' },
      },
      schemas: { ...schemasOf(bodies, 'input'), ...schemasOf(answers, 'output') },
    },
  };
}

function schemasOf(registry: typeof answers | typeof bodies, io: 'input' | 'output'): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(registry as typeof bodies, { uri, io }) as { schemas: Record<string, JsonSchema> };
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)]));
}

/** Inside the document a schema needs neither its dialect nor a name of its own, nor a pattern for what its format says. */
function plain({ $schema: _, $id: __, id: ___, ...schema }: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema, (_key, value) => withoutPattern(value)));
}

function withoutPattern(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('format' in value) || !('pattern' in value)) return value;
  const { pattern: _, ...rest } = value;
  return rest;
}

function referTo(schema: z.ZodType, registry: typeof answers | typeof bodies): JsonSchema {
  const named = (registry as typeof bodies).get(schema);
  if (!named) throw new Error('every body and answer of the API has a name in its registry');
  return { $ref: uri(named.id) };
}

function documentOf(operation: Operation): OperationDocument {
  const refusals = [
    '400',
    '401',
    '403',
    '429',
    ...(operation.path.includes('{id}') ? ['404'] : []),
    ...(operation.body ? ['409', '413', '415', '422'] : []),
  ];
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: [operation.description ?? '', `Needs the scope ${operation.scope} (${SCOPE_MEANINGS[operation.scope]}).`]
      .filter(Boolean)
      .join(' '),
    security: [{ key: [operation.scope] }],
    parameters: parametersOf(operation),
    ...(operation.body
      ? { requestBody: { required: true as const, content: { 'application/json': { schema: referTo(operation.body, bodies) } } } }
      : {}),
    responses: {
      [operation.status]: {
        description: operation.summary,
        content: { 'application/json': { schema: referTo(operation.answer, answers) } },
      },
      ...Object.fromEntries(
        refusals.sort().map((status) => [
          status,
          {
            description: REFUSALS[status] ?? '',
            content: { 'application/problem+json': { schema: referTo(problem, answers) } },
          },
        ]),
      ),
    },
  };
}

function parametersOf({ path, query, body }: Operation): Parameter[] {
  const parameters: Parameter[] = [];
  if (path.includes('{id}'))
    parameters.push({ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } });
  for (const [name, schema] of Object.entries(query.shape) as [string, z.ZodType][]) {
    const { description, ...rest } = plain(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
    parameters.push({
      name,
      in: 'query',
      required: !schema.safeParse(undefined).success,
      ...(description ? { description } : {}),
      schema: rest,
    });
  }
  if (body) {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: 'A name of yours for this write: sent again with it, it is done once and answered the same',
      schema: { type: 'string', maxLength: 255 },
    });
  }
  return parameters;
}
