import type { PluginErrorCode } from '#plugins/contract/index.ts';
import { type At, type CompiledCall, compileCall, type Values } from './compile-call.ts';
import { compileExpression, type Expression, ExpressionError, type Variables } from './expression.ts';
import { type Operation, scopes } from './scope.ts';
import type { CallDescription, Description } from './shape.ts';
import { compileText } from './template.ts';
import { type CompiledWebhook, compileWebhook } from './webhook.ts';
import type { Path } from './yaml-source.ts';

/** One operation: its call, if it makes one, and what becomes of the reply. */
export interface CompiledOperation {
  call: CompiledCall | undefined;
  /** By the name of the key: "ref", "list", "joinedAt". */
  reply: Partial<Record<string, Expression>>;
  pages: { cursor: Expression; param: string } | undefined;
}

export interface Compiled {
  operations: Partial<Record<Operation, CompiledOperation>>;
  auth: Partial<Record<'value' | 'user' | 'password' | 'id' | 'secret', (values: Values) => string>>;
  errors: { when: Expression; code: PluginErrorCode; message: (values: Values) => string }[];
  checkMessage: ((values: Values) => string) | undefined;
  webhook: CompiledWebhook | undefined;
}

type Report = (path: Path, message: string) => void;

/** Makes functions of every expression and template of a description, reporting each that can't be one. */
export function compile(description: Description, report: Report): Compiled {
  const scope = scopes(description);
  const at =
    (prefix: Path): At =>
    (path, make) => {
      try {
        return make();
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        report([...prefix, ...path], error.message);
        return undefined;
      }
    };

  /** `path` of each expression below the operation, and what it may know beside the reply. */
  function operation(
    name: Operation,
    described: CallDescription & { pages?: { cursor: string; param: string } },
    expressions: readonly { path: readonly string[]; source: string | undefined; more?: Variables }[],
  ): CompiledOperation {
    const own = at([name]);
    const [before, after] = [scope.request(name), scope.reply(name)];
    const { request, pages } = described;
    const cursor = pages && own(['pages', 'cursor'], () => compileExpression(pages.cursor, after));
    const reply: CompiledOperation['reply'] = {};
    for (const { path, source, more } of expressions) {
      if (source === undefined) continue;
      const known = request === undefined ? before : after;
      const made = own(path, () => compileExpression(source, { ...known, ...more }));
      if (made) reply[path.at(-1) ?? ''] = made;
    }
    return {
      call: request === undefined ? undefined : compileCall({ ...described, request }, before, after, own),
      reply,
      pages: pages && cursor ? { cursor, param: pages.param } : undefined,
    };
  }

  const { create, find, update, release, join, check, attendance, webhook } = description;
  const item = { item: 'dyn' };
  const mapping = (reply: object | undefined, keys: readonly string[], more?: Variables) =>
    keys.map((key) => ({ path: ['reply', key], source: (reply as Record<string, string> | undefined)?.[key], more }));

  const operations: Compiled['operations'] = {
    create: operation('create', create, mapping(create.reply, ['ref', 'joinUrl', 'pending'])),
  };
  if (find) {
    operations.find = operation('find', find, [
      { path: ['list'], source: find.list },
      { path: ['where'], source: find.where, more: item },
      ...mapping(find.reply, ['ref', 'joinUrl'], item),
    ]);
  }
  if (update && update !== 'create') {
    operations.update = operation('update', update, [
      { path: ['replaceWhen'], source: update.replaceWhen },
      ...mapping(update.reply, ['joinUrl']),
    ]);
  }
  if (release) operations.release = operation('release', release, []);
  if (join) operations.join = operation('join', join, mapping(join.reply, ['url']));
  if (check) operations.check = operation('check', check, []);
  if (attendance) {
    const stay = Object.entries(attendance.stay).map(([key, source]) => ({ path: ['stay', key], source, more: item }));
    operations.attendance = operation('attendance', attendance, [{ path: ['list'], source: attendance.list }, ...stay]);
  }

  const text = (path: Path, source: string, variables: Variables) =>
    at(path)([], () => compileText(source, variables)) ?? (() => '');
  const errors = description.errors.flatMap((error, index) => {
    const when = at(['errors', index])(['when'], () => compileExpression(error.when, scope.error));
    return when ? [{ when, code: error.code, message: text(['errors', index, 'message'], error.message, scope.error) }] : [];
  });
  return {
    operations,
    auth: Object.fromEntries(authTexts(description).map(({ path, source }) => [path.at(-1), text(path, source, scope.settings)])),
    errors,
    checkMessage: check?.message === undefined ? undefined : text(['check', 'message'], check.message, scope.reply('check')),
    webhook: webhook && compileWebhook(webhook, scope, at(['webhook'])),
  };
}

function authTexts({ auth }: Description): { path: readonly string[]; source: string }[] {
  if (auth === 'none') return [];
  if ('header' in auth) return [{ path: ['auth', 'value'], source: auth.value }];
  const [name, texts, keys] =
    'basic' in auth
      ? ['basic', auth.basic as Record<string, unknown>, ['user', 'password']]
      : ['clientCredentials', auth.clientCredentials as Record<string, unknown>, ['id', 'secret']];
  return keys.map((key) => ({ path: ['auth', name, key], source: String(texts[key]) }));
}
