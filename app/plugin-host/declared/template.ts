import { compileExpression, ExpressionError, type Variables } from './expression.ts';

/** Text or JSON with `${...}` in its texts. */
export type Template = (values: Record<string, unknown>) => unknown;

interface Piece {
  text: string;
  evaluate?: (values: Record<string, unknown>) => unknown;
}

/** Texts and expressions of a template, in their order. A brace within quotes ends nothing. */
function piecesOf(source: string, variables: Variables): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < source.length) {
    const begin = source.indexOf('${', at);
    if (begin < 0) break;
    if (begin > at) pieces.push({ text: source.slice(at, begin) });
    const end = endOf(source, begin + 2);
    const { type, evaluate } = compileExpression(source.slice(begin + 2, end).trim(), variables);
    pieces.push({ text: '', evaluate });
    if (type === 'null_type') throw new ExpressionError('is wrong: null says nothing within a text');
    at = end + 1;
  }
  if (at < source.length) pieces.push({ text: source.slice(at) });
  return pieces;
}

function endOf(source: string, from: number): number {
  let quote = '';
  let depth = 0;
  for (let at = from; at < source.length; at += 1) {
    const character = source[at] ?? '';
    if (quote) {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '{') depth += 1;
    else if (character === '}' && depth === 0) return at;
    else if (character === '}') depth -= 1;
  }
  throw new ExpressionError('is wrong: a `${` has no `}`');
}

const written = (value: unknown) =>
  value === null || value === undefined ? '' : value instanceof Date ? value.toISOString() : String(value);

/** A text; each value goes through `encode` on its way in. */
export function compileText(
  source: string,
  variables: Variables,
  encode: (text: string) => string = (text) => text,
): (values: Record<string, unknown>) => string {
  const pieces = piecesOf(source, variables);
  return (values) => pieces.map(({ text, evaluate }) => (evaluate ? encode(written(evaluate(values))) : text)).join('');
}

/**
 * JSON with templates in its texts. A text that is one expression becomes its value (a number stays one); what comes to null
 * is left out of maps and lists.
 */
export function compileTemplate(source: unknown, variables: Variables): Template {
  if (typeof source === 'string') {
    const pieces = piecesOf(source, variables);
    const only = pieces.length === 1 ? pieces[0]?.evaluate : undefined;
    if (only) return only;
    return (values) => pieces.map(({ text, evaluate }) => (evaluate ? written(evaluate(values)) : text)).join('');
  }
  if (Array.isArray(source)) {
    const items = source.map((item) => compileTemplate(item, variables));
    return (values) => items.map((item) => item(values)).filter((value) => value !== null && value !== undefined);
  }
  if (typeof source === 'object' && source !== null) {
    const entries = Object.entries(source).map(([key, value]) => [key, compileTemplate(value, variables)] as const);
    return (values) =>
      Object.fromEntries(
        entries.map(([key, value]) => [key, value(values)] as const).filter(([, value]) => value !== null && value !== undefined),
      );
  }
  return () => source;
}
