import { data } from '@remix-run/node';
import type { Actor, AppContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { nameChanges } from '#app/domain/scheduling/change-queries.server.ts';
import { previewChanges } from '#app/domain/scheduling/change-sessions.server.ts';
import {
  type ChangeOutcome,
  type ChangeSessionsInput,
  changeSessionsSchema,
  readChoice,
} from '#app/domain/scheduling/session-changes.ts';
import { problemOf } from '#app/ui/session-problem.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { type OutcomeView, viewOutcome } from './view-outcome.ts';

/** What was typed into the form of many sessions. */
export interface ReplanningValues {
  /** By session. */
  choices: Record<string, string>;
  /** Of each session as it was looked at. */
  versions: Record<string, string>;
  by: string;
  reasonId: string;
  reason: string;
  onFailure: string;
  timeOff: boolean;
}

export function typedReplanning(form: FormData): ReplanningValues {
  const bySession = (prefix: string) =>
    Object.fromEntries(
      [...form].flatMap(([name, value]) => {
        const id = name.startsWith(prefix) ? name.slice(prefix.length) : '';
        return isId(id) && typeof value === 'string' ? [[id, value]] : [];
      }),
    );
  return {
    choices: bySession('choice.'),
    versions: bySession('version.'),
    by: textOf(form, 'by'),
    reasonId: textOf(form, 'reasonId'),
    reason: textOf(form, 'reason'),
    onFailure: textOf(form, 'onFailure') || 'rest',
    timeOff: form.get('timeOff') === 'on',
  };
}

function inputOf(values: ReplanningValues): ChangeSessionsInput {
  const decisions = Object.entries(values.choices).map(([sessionId, text]) => ({
    sessionId,
    version: Number(values.versions[sessionId]),
    choice: readChoice(text) ?? { kind: 'keep' },
  }));
  return changeSessionsSchema.parse({ ...values, decisions });
}

interface Who {
  context: AppContext;
  actor: Actor;
  reader: Reader;
  currency: string;
}

/** Previews what was chosen, or does it; a refusal comes back with all that was chosen. */
export async function answerReplanning(
  { context, actor, reader, currency }: Who,
  form: FormData,
  perform: (input: ChangeSessionsInput, values: ReplanningValues) => Promise<ChangeOutcome>,
) {
  const values = typedReplanning(form);
  const view = async (outcome: ChangeOutcome, done: boolean): Promise<OutcomeView> =>
    viewOutcome(outcome, await nameChanges(context.db, outcome.results), { reader, currency, done });
  const intent = textOf(form, 'intent');
  if (intent === 'back') return data({ step: 'choose' as const, values, problem: undefined, outcome: undefined });
  try {
    const input = inputOf(values);
    if (input.decisions.every(({ choice }) => choice.kind === 'keep')) {
      const problem = { message: 'Nothing was chosen: every session stays as it is.', errors: {}, clashes: [] };
      return data({ step: 'choose' as const, values, problem, outcome: undefined }, { status: 400 });
    }
    if (intent !== 'confirm') {
      const outcome = await previewChanges(context.db, context, actor, input);
      return data({ step: 'confirm' as const, values, problem: undefined, outcome: await view(outcome, false) });
    }
    const outcome = await perform(input, values);
    return data({ step: 'done' as const, values, problem: undefined, outcome: await view(outcome, true) });
  } catch (error) {
    const { problem, status } = problemOf(error, reader);
    const results = isDomainError(error, 'conflict') && resultsOf(error.details);
    const outcome = results ? { results, families: 0, tutors: 0, fees: 0n, free: 0, makeUps: 0, creditsReturned: 0n } : undefined;
    return data({ step: 'choose' as const, values, problem, outcome: outcome && (await view(outcome, false)) }, { status });
  }
}

function resultsOf(details: unknown): ChangeOutcome['results'] | undefined {
  return typeof details === 'object' && details !== null && 'results' in details
    ? (details.results as ChangeOutcome['results'])
    : undefined;
}
