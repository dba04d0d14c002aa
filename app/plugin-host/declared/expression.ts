import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js';

/** A type of CEL, or the types of an object's fields. */
export type VariableType = string | { [field: string]: VariableType };
export type Variables = Readonly<Record<string, VariableType>>;

export interface Expression {
  /** The type that it gives, as CEL names it; "dyn" where that shows only when it runs. */
  type: string;
  /** Plain values: numbers, texts, true or false, null, Dates, arrays, objects. Throws where something is not there. */
  evaluate(values: Record<string, unknown>): unknown;
}

export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

export const INSTANT = 'google.protobuf.Timestamp';

const root = new Environment({
  unlistedVariablesAreDyn: false,
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 200, maxDepth: 24, maxListElements: 50, maxMapEntries: 50, maxCallArguments: 6 },
})
  .registerFunction('coalesce(dyn, dyn): dyn', (one: unknown, other: unknown) => plain(one) ?? other)
  .registerFunction('first(string, int): string', (text: string, count: bigint) => [...text].slice(0, Number(count)).join(''))
  .registerFunction(`unix(${INSTANT}): int`, (at: Date) => BigInt(Math.floor(at.getTime() / 1_000)))
  .registerFunction('withQuery(string, map<string, dyn>): string', withQuery)
  .clone();

/** Those that go through a list: one in another would make a long answer into a day's work. */
const loops = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/**
 * An expression of CEL over the given variables, its names and types checked. It can't loop for ever, reach anything but
 * its variables, or run a pattern of the provider's choosing. Throws an ExpressionError in words.
 */
export function compileExpression(source: string, variables: Variables): Expression {
  const environment = root.clone();
  for (const [name, type] of Object.entries(variables)) {
    if (typeof type === 'string') environment.registerVariable(name, type);
    else environment.registerVariable({ name, schema: type });
  }
  let parsed: ParseResult;
  try {
    parsed = environment.parse(source);
  } catch (error) {
    throw new ExpressionError(`can’t be read: ${words(error)} in \`${source}\``);
  }
  walk(parsed.ast, false);
  const checked = parsed.check();
  if (!checked.valid) {
    throw new ExpressionError(`is wrong: ${words(checked.error)} in \`${source}\`. Known here: ${knownTo(source, variables)}`);
  }
  const type = checked.type ?? 'dyn';
  if (type.startsWith('$')) throw new ExpressionError(`is wrong: \`${source}\` is no value; take one of its fields`);
  return { type, evaluate: (values) => plain(parsed(given(values) as Record<string, unknown>)) };
}

function walk(node: unknown, inLoop: boolean): void {
  if (Array.isArray(node)) {
    for (const part of node) walk(part, inLoop);
    return;
  }
  if (typeof node !== 'object' || node === null || !('op' in node)) return;
  const { op, args } = node as ASTNode;
  const name = op === 'rcall' ? args[0] : '';
  // What is bound could be doubled, bound and doubled again: twenty lines of it are a million times as much.
  if (name === 'bind') throw new ExpressionError('is wrong: cel.bind() is not taken; write the value where it is used');
  if (name === 'matches') throw new ExpressionError('is wrong: matches() is not taken; use startsWith, endsWith or contains');
  const loop = loops.has(name);
  if (loop && inLoop) throw new ExpressionError(`is wrong: ${name}() within another such list is not taken`);
  if (loop && Array.isArray(args)) {
    walk(args[1], inLoop);
    walk(args[2], true);
  } else walk(args, inLoop);
}

/** The names that an expression may use, and the fields of those that it does. */
function knownTo(source: string, variables: Variables): string {
  const used = Object.entries(variables).flatMap(([name, type]) =>
    typeof type !== 'string' && new RegExp(`\\b${name}\\.`).test(source) ? [`; ${name} has ${Object.keys(type).join(', ')}`] : [],
  );
  return `${Object.keys(variables).join(', ')}${used.join('')}`;
}

const words = (error: unknown) =>
  String((error as { summary?: string } | undefined)?.summary ?? (error as Error | undefined)?.message ?? error).split('\n')[0];

/** A reply is looked into by every expression, and for every item of its list: it is made over once. Nobody changes one. */
const made = new WeakMap<object, unknown>();

/** JSON's whole numbers as CEL's, so that they add up with those of an expression. */
function given(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const known = made.get(value);
  if (known !== undefined) return known;
  const fresh = Array.isArray(value)
    ? value.map(given)
    : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, given(one)]));
  made.set(value, fresh);
  return fresh;
}

/** More values than any reply has that is a list of people or rooms. */
const MOST_VALUES = 500_000;

function plain(value: unknown, left = { values: MOST_VALUES }): unknown {
  left.values -= 1;
  if (left.values < 0) throw new ExpressionError('comes to too much');
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((one) => plain(one, left));
  if ('hasValue' in value && typeof value.hasValue === 'function') {
    return value.hasValue() ? plain((value as unknown as { value(): unknown }).value(), left) : null;
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, one]) => [String(key), plain(one, left)]));
}

/** An address with further parameters, each in its place; null ones are left out. */
function withQuery(address: string, parameters: unknown): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(plain(parameters) as Record<string, unknown>)) {
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}
