import {
  type MeetingContext,
  type MeetingProvider,
  type MeetingWant,
  PluginError,
  type Provisioned,
  unlessGone,
} from '#plugins/contract/index.ts';
import { type Answer, ask, inWords, notAsPromised, type Service } from './ask.ts';
import type { Compiled, CompiledOperation } from './compile.ts';
import type { Values } from './compile-call.ts';
import { httpsUrl, instant, listValue, textValue } from './reply-values.ts';
import type { Operation } from './scope.ts';
import type { Description } from './shape.ts';
import { personOf } from './webhook.ts';

/** More pages than any list that is looked through has. */
const MOST_PAGES = 30;

const nothing: Answer = { status: 200, reply: null };

/** The provider of one install, as its description says. */
export function createProvider(description: Description, compiled: Compiled, service: Service): MeetingProvider {
  const { operations } = compiled;
  const { settings } = service;

  /** A value out of a reply; what is not there, or is something else, is told with the key that wanted it. */
  function take<T>(name: Operation, key: string, values: Values, as: (value: unknown) => T): T {
    return inWords(service, `${name}: ${key}`, () => as(operations[name]?.reply[key]?.evaluate(values) ?? null));
  }

  const has = (name: Operation, key: string) => operations[name]?.reply[key] !== undefined;

  async function run(ctx: MeetingContext, name: Operation, values: Values): Promise<Values> {
    const operation = operations[name] as CompiledOperation;
    const all = { ...values, settings, now: ctx.now() };
    const answer = operation.call ? await ask(ctx, service, operation.call, all) : nothing;
    return { ...all, ...answer };
  }

  /** Everything of a list that comes in pages, each as the values that its expressions see. */
  async function* pagesOf(ctx: MeetingContext, name: 'find' | 'attendance', values: Values): AsyncGenerator<Values> {
    const { call, pages } = operations[name] as CompiledOperation;
    if (!call) return;
    let extra = '';
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const all = { ...values, settings, now: ctx.now() };
      const seen = { ...all, ...(await ask(ctx, service, call, all, extra)) };
      for (const item of take(name, 'list', seen, listValue)) yield { ...seen, item };
      const next = pages && inWords(service, `${name}: pages`, () => pages.cursor.evaluate(seen));
      if (!pages || next === null || next === undefined || next === '') return;
      extra = `${encodeURIComponent(pages.param)}=${encodeURIComponent(textValue(next))}`;
    }
    throw new PluginError('unavailable', `${service.name} has more than can be looked through.`);
  }

  async function find(ctx: MeetingContext, want: MeetingWant): Promise<{ ref: string; joinUrl?: string } | undefined> {
    if (!operations.find) return undefined;
    for await (const values of pagesOf(ctx, 'find', { want })) {
      if (!take('find', 'where', values, (value) => value === true)) continue;
      return {
        ref: take('find', 'ref', values, textValue),
        ...(has('find', 'joinUrl') ? { joinUrl: take('find', 'joinUrl', values, httpsUrl) } : {}),
      };
    }
    return undefined;
  }

  async function create(ctx: MeetingContext, want: MeetingWant): Promise<Provisioned> {
    const values = await run(ctx, 'create', { want });
    const ref = take('create', 'ref', values, textValue);
    if (has('create', 'pending') && take('create', 'pending', values, (value) => value === true)) {
      return { state: 'pending', ref, retryAfterSeconds: description.create.reply.retryAfterSeconds };
    }
    return { state: 'ready', ref, ...(has('create', 'joinUrl') ? { joinUrl: take('create', 'joinUrl', values, httpsUrl) } : {}) };
  }

  /** Brings a room up to date; undefined where it can't be, or is gone: another has to be made. */
  async function update(ctx: MeetingContext, want: MeetingWant, have: Have): Promise<Provisioned | undefined> {
    if (description.update === 'create') return create(ctx, want);
    const kept = { state: 'ready', ref: have.ref, ...(have.joinUrl ? { joinUrl: have.joinUrl } : {}) } as const;
    if (!operations.update) return kept;
    const values = await unlessGone(run(ctx, 'update', { want, have }));
    if (!values) return undefined;
    if (has('update', 'replaceWhen') && take('update', 'replaceWhen', values, (value) => value === true)) {
      // First out with the old one, so that it is not the one that is found.
      await release(ctx, have);
      return undefined;
    }
    return has('update', 'joinUrl') ? { ...kept, joinUrl: take('update', 'joinUrl', values, httpsUrl) } : kept;
  }

  async function release(ctx: MeetingContext, have: Have): Promise<void> {
    if (operations.release) await unlessGone(run(ctx, 'release', { have }));
  }

  const { attendance } = description;
  return {
    async provision(ctx, want, have) {
      const known = have.ref ? { ref: have.ref, joinUrl: have.joinUrl } : await find(ctx, want);
      const updated = known && (await update(ctx, want, { ref: known.ref, joinUrl: known.joinUrl ?? null }));
      return updated ?? create(ctx, want);
    },
    ...(operations.find ? { findByCode: find } : {}),
    async release(ctx, have) {
      if (have.ref) await release(ctx, { ...have, ref: have.ref });
    },
    async joinUrl(ctx, have, who, window, want) {
      if (!operations.join) return have.joinUrl ?? undefined;
      if (!have.ref) return undefined;
      return take('join', 'url', await run(ctx, 'join', { want, have, who, window }), httpsUrl);
    },
    ...(attendance
      ? {
          async attendance(ctx, have) {
            const stays = [];
            for await (const values of pagesOf(ctx, 'attendance', { have })) {
              const person = inWords(service, 'attendance: stay', () =>
                personOf(operations.attendance?.reply ?? {}, (one) => one?.evaluate(values) ?? null),
              );
              const joinedAt = take('attendance', 'joinedAt', values, instant);
              const leftAt = take('attendance', 'leftAt', values, (value) => (value === null ? null : instant(value)));
              if (leftAt && leftAt < joinedAt) throw notAsPromised(service, 'attendance: left before joined');
              stays.push({ person, joinedAt, leftAt });
            }
            return stays;
          },
        }
      : {}),
    ...(compiled.webhook ? { webhook: compiled.webhook(settings) } : {}),
  };
}

interface Have {
  ref: string;
  joinUrl: string | null;
}
