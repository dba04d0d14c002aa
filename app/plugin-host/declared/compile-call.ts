import { compileExpression, type Expression, type Variables } from './expression.ts';
import type { CallDescription } from './shape.ts';
import { compileTemplate, compileText } from './template.ts';

export type Values = Record<string, unknown>;

/** A call as it will be sent, but for the credentials. */
export interface Request {
  method: string;
  /** Below base, encoded, with its query. */
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** A call whose texts and expressions are checked; `expect` must come to true of its answer. */
export interface CompiledCall {
  build(values: Values): Request;
  expect: Expression | undefined;
}

/** Runs what may throw an ExpressionError, and says at which key it did. */
export type At = <T>(path: readonly PropertyKey[], make: () => T) => T | undefined;

/** @param before what is known when it is sent  @param after what is known of its answer */
export function compileCall(
  call: CallDescription & { request: string },
  before: Variables,
  after: Variables,
  at: At,
): CompiledCall {
  const [, method = '', target = ''] = /^([A-Z]+) (.*)$/s.exec(call.request) ?? [];
  const path = at(['request'], () => compileText(target, before, inPath));
  const query = at(['query'], () => compileTemplate(call.query ?? {}, before));
  const headers = Object.entries(call.headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), at(['headers', name], () => compileText(value, before, oneLine))] as const,
  );
  const body = call.body === undefined ? undefined : at(['body'], () => compileTemplate(call.body, before));
  const form = call.form && at(['form'], () => compileTemplate(call.form, before));
  return {
    build(values) {
      const asked = new URLSearchParams(texts(query?.(values)));
      const plainPath = path?.(values) ?? '';
      const joined = [...asked].length === 0 ? plainPath : `${plainPath}${plainPath.includes('?') ? '&' : '?'}${asked}`;
      const type = body ? 'application/json' : form ? 'application/x-www-form-urlencoded' : undefined;
      return {
        method,
        path: joined,
        headers: {
          accept: 'application/json',
          ...(type ? { 'content-type': type } : {}),
          ...Object.fromEntries(headers.map(([name, value]) => [name, value?.(values) ?? ''])),
        },
        body: body ? JSON.stringify(body(values)) : form ? new URLSearchParams(texts(form(values))).toString() : undefined,
      };
    },
    expect: call.expect === undefined ? undefined : at(['expect'], () => compileExpression(call.expect ?? '', after)),
  };
}

/** A value in a path can't leave its place: neither a slash nor two dots get through. */
function inPath(text: string): string {
  if (/^\.{1,2}$/.test(text)) throw new Error('a value of a path is nothing but dots');
  return encodeURIComponent(text);
}

const oneLine = (text: string) => text.replaceAll(/[\r\n\0]/g, ' ');

function texts(values: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries((values ?? {}) as Values).map(([name, value]) => [
      name,
      value instanceof Date ? value.toISOString() : String(value),
    ]),
  );
}
