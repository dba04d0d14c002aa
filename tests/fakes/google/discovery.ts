import { readFileSync } from 'node:fs';

interface Schema {
  type?: string;
  enum?: string[];
  $ref?: string;
  readOnly?: boolean;
  required?: boolean;
  location?: 'path' | 'query';
  pattern?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
}

interface Method {
  id: string;
  httpMethod: string;
  url: string;
  parameters: Record<string, Schema>;
  request?: string;
  scopes: string[];
}

const { methods, schemas } = JSON.parse(readFileSync(new URL('./discovery.json', import.meta.url), 'utf8')) as {
  methods: Method[];
  schemas: Record<string, Schema>;
};

export interface KnownRequest {
  method: Method;
  path: Record<string, string>;
}

/**
 * The method of Google's own description that a request is, with the values in its path. Throws for what Google does not describe so:
 * another address or verb, a parameter or field that is not there, is of another type or can only be read.
 */
export function knownRequest(verb: string, url: URL, body: unknown): KnownRequest {
  const address = `${url.origin}${url.pathname}`;
  for (const method of methods) {
    const path = method.httpMethod === verb ? pathOf(method, address) : undefined;
    if (!path) continue;
    for (const [name, value] of url.searchParams) checkParameter(method, name, value);
    if (body !== undefined) {
      if (!method.request) throw new Error(`${method.id} takes no body`);
      checkValue({ $ref: method.request }, body, method.id);
    }
    return { method, path };
  }
  throw new Error(`Google describes no ${verb} ${url}`);
}

function pathOf(method: Method, address: string): Record<string, string> | undefined {
  const names: string[] = [];
  const template = method.url.replaceAll(/\{(\+?)(\w+)\}|[^{}]+/g, (part, plus: string, name: string) => {
    if (!name) return part.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
    names.push(name);
    const pattern = method.parameters[name]?.pattern?.replaceAll(/^\^|\$$/g, '');
    return `(${pattern ?? (plus ? '.+' : '[^/]+')})`;
  });
  const found = new RegExp(`^${template}$`).exec(address);
  return found ? Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')])) : undefined;
}

function checkParameter(method: Method, name: string, value: string): void {
  const known = method.parameters[name];
  if (known?.location !== 'query') throw new Error(`${method.id} has no parameter ${name}`);
  if (known.type === 'integer' && !/^\d+$/.test(value)) throw new Error(`${name} is no number`);
  if (known.enum && !known.enum.includes(value)) throw new Error(`${name} can't be ${value}`);
}

function checkValue(schema: Schema, value: unknown, where: string): void {
  if (schema.readOnly) throw new Error(`${where} can only be read`);
  if (schema.$ref) {
    checkValue({ ...schemas[schema.$ref] }, value, where);
    return;
  }
  if (schema.type === 'object') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${where} is no object`);
    for (const [name, inner] of Object.entries(value)) {
      const known = schema.properties?.[name] ?? schema.additionalProperties;
      if (!known) throw new Error(`${where} has no ${name}`);
      checkValue(known, inner, `${where}.${name}`);
    }
    return;
  }
  if (schema.type === 'array') {
    if (!Array.isArray(value)) throw new Error(`${where} is no list`);
    for (const inner of value) checkValue(schema.items ?? {}, inner, where);
    return;
  }
  const type = schema.type === 'integer' ? 'number' : schema.type;
  if (type && type !== 'any' && typeof value !== type) throw new Error(`${where} is no ${type}`);
  if (schema.enum && !schema.enum.includes(String(value))) throw new Error(`${where} can't be ${value}`);
}
