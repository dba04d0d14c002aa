import type { JsonSchema, OpenApi, OperationDocument } from '../api-endpoints/open-api.ts';

export interface FieldLine {
  /** As in `attendance[].outcome`. */
  name: string;
  type: string;
  required: boolean;
  text: string;
}

export interface OperationView {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  parameters: FieldLine[];
  body: FieldLine[];
  answer: FieldLine[];
  statuses: { status: string; text: string }[];
  curl: string;
}

/** The document as a page shows it: every operation with its fields in lines, and a call to try. */
export function viewDocs(document: OpenApi): { tag: string; operations: OperationView[] }[] {
  const groups = new Map<string, OperationView[]>();
  const { url = '' } = document.servers[0] ?? {};
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const [tag = ''] = operation.tags;
      groups.set(tag, [...(groups.get(tag) ?? []), viewOperation(document, { path, method, operation, url })]);
    }
  }
  return [...groups].map(([tag, operations]) => ({ tag, operations }));
}

interface Found {
  path: string;
  method: string;
  operation: OperationDocument;
  url: string;
}

function viewOperation(document: OpenApi, { path, method, operation, url }: Found): OperationView {
  const body = schemaIn(operation.requestBody);
  const answer = schemaIn(operation.responses['200'] ?? operation.responses['201']);
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    description: operation.description,
    parameters: operation.parameters.map(({ name, required, description = '', schema }) => ({
      name,
      required,
      type: typeOf(document, schema),
      text: [description, schema.default === undefined ? '' : `Default ${JSON.stringify(schema.default)}.`]
        .filter(Boolean)
        .join('. '),
    })),
    body: body ? linesOf(document, body) : [],
    answer: answer ? linesOf(document, answer) : [],
    statuses: Object.entries(operation.responses).map(([status, { description }]) => ({ status, text: description })),
    curl: curlOf(document, { path, method, operation, url }),
  };
}

const schemaIn = (holder: { content: Record<string, { schema: JsonSchema }> } | undefined): JsonSchema | undefined =>
  holder && Object.values(holder.content)[0]?.schema;

function resolved(document: OpenApi, schema: JsonSchema): JsonSchema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (document.components.schemas[name] ?? schema);
}

/** The one shape of "this or nothing". */
function given(document: OpenApi, schema: JsonSchema): JsonSchema {
  const choices = schema.anyOf as JsonSchema[] | undefined;
  const some = choices?.find((choice) => choice.type !== 'null');
  return resolved(document, some ? { ...some, ...(schema.description ? { description: schema.description } : {}) } : schema);
}

function typeOf(document: OpenApi, schema: JsonSchema): string {
  const empty = Array.isArray(schema.type)
    ? schema.type.includes('null')
    : (schema.anyOf as JsonSchema[] | undefined)?.some((one) => one.type === 'null');
  const some = given(document, schema);
  const type = Array.isArray(some.type) ? some.type.filter((one) => one !== 'null').join(' or ') : (some.type ?? '');
  const words = some.enum
    ? some.enum.map((value) => JSON.stringify(value)).join(', ')
    : type === 'array'
      ? `list of ${some.items ? typeOf(document, some.items) : ''}`
      : (some.format ?? type);
  return empty ? `${words}, or null` : words;
}

function linesOf(document: OpenApi, schema: JsonSchema, prefix = ''): FieldLine[] {
  const { properties = {}, required = [] } = given(document, schema);
  return Object.entries(properties).flatMap(([name, field]) => {
    const some = given(document, field);
    const inner = some.type === 'array' && some.items ? given(document, some.items) : some;
    const at = `${prefix}${name}${some.type === 'array' ? '[]' : ''}`;
    return [
      {
        name: at,
        type: typeOf(document, field).replace(/list of object/, 'list'),
        required: required.includes(name),
        text: field.description ?? inner.description ?? '',
      },
      ...(inner.properties ? linesOf(document, inner, `${at}.`) : []),
    ];
  });
}

const SAMPLE_ID = '01a21333-0741-700b-8eab-0a6ad36bbcbe';

function curlOf(document: OpenApi, { path, method, operation, url }: Found): string {
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }) => `${name}=${sample(document, name, schema)}`)
    .join('&');
  const body = schemaIn(operation.requestBody);
  const at = `"${url}${path.replace('{id}', SAMPLE_ID)}${query ? `?${query}` : ''}"`;
  const lines = [`curl ${at}`, '-H "Authorization: Bearer $KEY"'];
  if (method === 'post' && body) {
    lines.push(
      `-H "Idempotency-Key: $(uuidgen)"`,
      '-H "Content-Type: application/json"',
      `-d '${JSON.stringify(sampleBody(document, body), null, 2).replaceAll('\n', '\n    ')}'`,
    );
  }
  return lines.join(' \\\n  ');
}

function sampleBody(document: OpenApi, schema: JsonSchema): Record<string, unknown> {
  const { properties = {}, required = [] } = given(document, schema);
  return Object.fromEntries(required.map((name) => [name, sample(document, name, properties[name] ?? {})]));
}

function sample(document: OpenApi, name: string, schema: JsonSchema): unknown {
  const some = given(document, schema);
  if (some.enum) return some.enum[0];
  if (name === 'wallStart') return '2026-12-01T16:00';
  if (name === 'fromDate') return '2026-12-01';
  if (name === 'toDate') return '2026-12-08';
  if (name === 'durationMinutes') return 60;
  if (some.type === 'array') return some.items ? [sample(document, '', some.items)] : [];
  if (some.type === 'object') return sampleBody(document, some);
  if (some.format === 'uuid') return SAMPLE_ID;
  return some.type === 'integer' || some.type === 'number' ? 1 : '…';
}
