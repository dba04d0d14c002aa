import Handlebars from 'handlebars';
import { lintMarkup, type MarkupPiece } from './lint-markup.ts';

/** What is wrong with a template, and where. */
export interface TemplateProblem {
  line: number;
  text: string;
}

interface LintOptions {
  kind: 'markup' | 'text';
  maxLength: number;
  /** Names that stand for parts of several mails: `{{> button.mjml}}`. */
  partials: ReadonlySet<string>;
  /** What the mail's data make for the template, as of its example; left out: names aren't checked, all else is. */
  values?: Record<string, unknown> | undefined;
}

const MAX_DEPTH = 8;
const MAX_LOOPS = 2;

/**
 * Holds a template that somebody typed against the little that one may do: write out names that exist, `if`, `unless`, `each`,
 * and the partials it is given. An allow-list over the parsed template, so that what nobody thought of is refused.
 */
export function lintTemplate(source: string, options: LintOptions): TemplateProblem[] {
  if (source.length > options.maxLength) {
    return [{ line: 1, text: `It is too long: ${source.length} characters, ${options.maxLength} are allowed.` }];
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  const strange = /[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029\ue000-\uf8ff]|\\\{\{/.exec(source.replaceAll('\r\n', '\n'));
  if (strange) {
    const line = source.slice(0, strange.index).split('\n').length;
    return [{ line, text: 'There is a character here that can’t be used. Type the line anew.' }];
  }
  const raw = [...source.matchAll(/\{\{\{|\{\{~?&/g)];
  if (raw.length > 0) {
    return raw.map(({ index }) => ({
      line: source.slice(0, index).split('\n').length,
      text: 'Three braces and {{& write text unescaped, which is not allowed. Use two braces.',
    }));
  }
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parseWithoutProcessing(source);
  } catch (error) {
    return [parseProblem(error)];
  }
  const problems: TemplateProblem[] = [];
  lintProgram(program, { ...options, scopes: [options.values], loops: 0, depth: 0, parent: '', problems });
  return problems.sort((a, b) => a.line - b.line);
}

interface Walk extends LintOptions {
  /** What names are looked up in, the innermost last; undefined where that isn't known. */
  scopes: readonly unknown[];
  loops: number;
  depth: number;
  /** The tag that the block stands in; empty: the card itself. */
  parent: string;
  problems: TemplateProblem[];
}

function lintProgram(program: hbs.AST.Program, walk: Walk): void {
  if (program.blockParams?.length)
    refuse(walk, program, 'Names of your own (as |name|) are not known here. Write {{this.name}}.');
  const pieces = program.body.map((statement) => pieceOf(statement, walk));
  const blocks: { block: hbs.AST.BlockStatement; parent: string }[] = [];
  if (walk.kind === 'markup') {
    lintMarkup(pieces, walk.parent, {
      problem: (line, text) => walk.problems.push({ line, text }),
      block: (index, parent) => blocks.push({ block: program.body[index] as hbs.AST.BlockStatement, parent }),
    });
  } else {
    for (const statement of program.body)
      if (statement.type === 'BlockStatement') blocks.push({ block: statement as hbs.AST.BlockStatement, parent: '' });
  }
  for (const { block, parent } of blocks) {
    const problem = lintBlock(block, { ...walk, parent });
    if (problem !== undefined) refuse(walk, block, problem);
  }
}

/** What the markup around it has to know of a statement; what is wrong with the statement itself is noted. */
function pieceOf(statement: hbs.AST.Statement, walk: Walk): MarkupPiece {
  const { line } = statement.loc.start;
  switch (statement.type) {
    case 'ContentStatement':
      return { kind: 'content', line, text: String((statement as hbs.AST.ContentStatement).original) };
    case 'CommentStatement':
      return { kind: 'content', line, text: '' };
    case 'MustacheStatement': {
      const mustache = statement as hbs.AST.MustacheStatement;
      const value = lintMustache(mustache, walk);
      return { kind: 'value', line, value };
    }
    case 'BlockStatement':
      return { kind: 'block', line };
    case 'PartialStatement': {
      const partial = statement as hbs.AST.PartialStatement;
      const name = partial.name.type === 'PathExpression' ? (partial.name as hbs.AST.PathExpression).original : '';
      if (!walk.partials.has(name) || partial.params.length > 0 || partial.hash) {
        const known = [...walk.partials].map((one) => `{{> ${one}}}`).join(', ');
        refuse(walk, statement, `There is no such part${known ? `. Known here: ${known}` : ''}.`);
      }
      return { kind: 'partial', line };
    }
    default:
      refuse(walk, statement, 'This is not known here. There are {{name}}, {{#if}}, {{#unless}} and {{#each}}.');
      return { kind: 'content', line, text: '' };
  }
}

function lintMustache(mustache: hbs.AST.MustacheStatement, walk: Walk): unknown {
  if (mustache.params.length > 0 || mustache.hash) {
    refuse(walk, mustache, `{{${sayPath(mustache.path)} …}} is not known here. Two braces hold one name.`);
    return undefined;
  }
  const value = lookUp(mustache.path, walk);
  if (walk.values && typeof value === 'object' && value !== null) {
    const hint = Array.isArray(value) ? `{{#each ${sayPath(mustache.path)}}} … {{/each}}` : 'one of its parts';
    refuse(walk, mustache, `${sayPath(mustache.path)} is no text by itself. Write ${hint}.`);
  }
  return value;
}

/** Answers what is wrong with the block itself; what is wrong within is noted. */
function lintBlock(block: hbs.AST.BlockStatement, walk: Walk): string | undefined {
  const helper = sayPath(block.path);
  const inner = { ...walk, depth: walk.depth + 1 };
  if (!['if', 'unless', 'each'].includes(helper)) {
    return `{{#${helper}}} is not known here. There are {{#if}}, {{#unless}} and {{#each}}.`;
  }
  const [subject, ...others] = block.params;
  if (!subject || others.length > 0 || block.hash) return `{{#${helper}}} takes one name.`;
  if (inner.depth > MAX_DEPTH) return `Blocks stand in blocks more than ${MAX_DEPTH} deep.`;
  const value = lookUp(subject, walk);
  if (block.inverse) lintProgram(block.inverse, inner);
  if (helper === 'each') return lintEach(block, subject as hbs.AST.PathExpression, value, inner);
  if (block.program) lintProgram(block.program, inner);
  return undefined;
}

function lintEach(
  block: hbs.AST.BlockStatement,
  subject: hbs.AST.PathExpression,
  value: unknown,
  walk: Walk,
): string | undefined {
  const name = sayPath(subject);
  if (walk.values && !Array.isArray(value)) {
    return value === undefined ? undefined : `${name} is no list, so {{#each ${name}}} has nothing to go through.`;
  }
  if (walk.loops >= MAX_LOOPS) return `Lists stand in lists more than ${MAX_LOOPS} deep.`;
  if (subject.parts?.length === 0 && walk.loops === 0) return '{{#each this}} has no list to go through.';
  // A list within a list is one of its items': else a few lines write millions.
  if (walk.loops > 0 && (subject.data || subject.depth > 0)) {
    return `In a list only lists of its items can be gone through, and ${name} is none.`;
  }
  const item = Array.isArray(value) ? itemOf(value) : undefined;
  if (block.program) lintProgram(block.program, { ...walk, loops: walk.loops + 1, scopes: [...walk.scopes, item] });
  return undefined;
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is known of a list's items: all that any of the example's has. */
function itemOf(list: readonly unknown[]): unknown {
  const groups = list.filter(isGroup);
  return groups.length > 0 ? Object.assign({}, ...groups) : (list[0] ?? '');
}

const UNSAFE = new Set(['constructor', '__proto__', 'prototype', '__defineGetter__', '__lookupGetter__', 'hasOwnProperty']);

/** The example's value of a name; a name that isn't there is noted. */
function lookUp(expression: hbs.AST.Node, walk: Walk): unknown {
  if (expression.type !== 'PathExpression') {
    refuse(walk, expression, 'Only a name can stand here.');
    return undefined;
  }
  const path = expression as hbs.AST.PathExpression;
  const parts = path.parts.map(String);
  if (parts.some((part) => UNSAFE.has(part))) {
    refuse(walk, path, `There is no {{${path.original}}} in this mail.`);
    return undefined;
  }
  if (path.data) {
    const [name, ...rest] = parts;
    if (name === 'root') return walk.values && valueAt(walk.values, rest, path, walk);
    if (walk.loops > 0 && path.depth === 0 && rest.length === 0 && ['index', 'first', 'last'].includes(name ?? '')) return name;
    refuse(walk, path, `There is no ${path.original} here.`);
    return undefined;
  }
  const scope = walk.scopes.at(-1 - path.depth);
  if (path.depth >= walk.scopes.length) {
    refuse(walk, path, `There is nothing outside of here that ${path.original} could mean.`);
    return undefined;
  }
  return walk.values && valueAt(scope, parts, path, walk);
}

function valueAt(scope: unknown, parts: readonly string[], path: hbs.AST.PathExpression, walk: Walk): unknown {
  let value = scope;
  for (const part of parts) {
    if (!isGroup(value) || !Object.hasOwn(value, part)) {
      const first = parts[0] ?? '';
      const outside = walk.loops > 0 && !path.data && walk.values && Object.hasOwn(walk.values, first);
      refuse(
        walk,
        path,
        outside
          ? `In a list, ${parts.join('.')} of the mail itself is written {{@root.${parts.join('.')}}}.`
          : `There is no {{${path.original}}} in this mail.`,
      );
      return undefined;
    }
    value = value[part];
  }
  return value;
}

const sayPath = (node: hbs.AST.Node): string =>
  'original' in node ? String((node as hbs.AST.PathExpression).original) : node.type;

function refuse(walk: Walk, node: hbs.AST.Node, text: string): void {
  walk.problems.push({ line: node.loc.start.line, text });
}

function parseProblem(error: unknown): TemplateProblem {
  const message = error instanceof Error ? error.message : '';
  const line = Number(/line (\d+)/.exec(message)?.[1] ?? 1);
  const mismatch = /^(\S+) doesn't match (\S+)/.exec(message);
  const text = mismatch
    ? `{{#${mismatch[1]}}} is closed by {{/${mismatch[2]}}}.`
    : 'The braces can’t be read here: each {{#if}} and {{#each}} needs its {{/if}} and {{/each}}, each {{ its }}.';
  return { line, text };
}
