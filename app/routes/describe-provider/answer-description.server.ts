import type { Actor, AppContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { describeProvider } from '#app/plugin-host/declared/describe-provider.ts';
import { type DescriptionProblem, sayProblem } from '#app/plugin-host/declared/problem.ts';
import { saveDescription } from '#app/plugin-host/declared/save-description.server.ts';
import { operationsOf, type Trial, type Tried, tryOperation } from '#app/plugin-host/declared/try-operation.server.ts';
import { capabilityLines } from '../office.settings.plugins.$id/install-words.ts';

/** What was typed, sent back with whatever is said about it. */
export interface DescriptionAnswer {
  typed: { source: string; version: string; operation: string; status: string; reply: string };
  message?: string;
  problems?: { line: number | null; text: string }[];
  understood?: Understood;
  trial?: Trial & { operation: string };
}

export interface Understood {
  name: string;
  lines: string[];
  settings: string[];
  operations: Tried[];
}

export type Answered = { savedInstallId: string } | { answer: DescriptionAnswer; status: number };

/** Does what a button of the form asks for: checks, tries one operation, or saves. */
export async function answerDescription(
  context: AppContext,
  actor: Actor,
  form: FormData,
  known?: { id: string },
): Promise<Answered> {
  const text = (name: string) => String(form.get(name) ?? '');
  const typed: DescriptionAnswer['typed'] = {
    // A browser sends lines that end with two characters.
    ...{ source: text('source').replaceAll('\r\n', '\n'), version: text('version'), operation: text('operation') },
    ...{ status: text('status') || '200', reply: text('reply') },
  };
  const refused = (problems: DescriptionProblem[]): Answered => ({
    answer: { typed, problems: problems.map((problem) => ({ line: problem.line, text: sayProblem(problem) })) },
    status: 400,
  });

  const intent = text('intent');
  if (intent === 'save') {
    try {
      const changed = known && { id: known.id, version: Number(typed.version) };
      const saved = await saveDescription(context.db, context, actor, {
        source: typed.source,
        ...(changed ? { known: changed } : {}),
      });
      return saved.ok ? { savedInstallId: saved.installId } : refused(saved.problems);
    } catch (error) {
      if (!isDomainError(error, 'conflict')) throw error;
      const { version } = error.details as { version: number };
      const message = `${error.message} Saving again puts yours over theirs.`;
      return { answer: { typed: { ...typed, version: String(version) }, message }, status: 409 };
    }
  }
  const described = describeProvider(typed.source);
  if (!described.ok) return refused(described.problems);
  const understood = understoodOf(described.provider);
  if (intent !== 'try') return { answer: { typed, understood }, status: 200 };

  const operation = operationsOf(described.provider).find((name) => name === typed.operation);
  if (!operation) return { answer: { typed, understood, message: 'Choose an operation that the description has.' }, status: 400 };
  const status = Number(typed.status);
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    return { answer: { typed, understood, message: 'The status of a reply is a number from 200 to 599.' }, status: 400 };
  }
  const trial = await tryOperation(described.provider, operation, { status, body: typed.reply });
  return { answer: { typed, understood, trial: { ...trial, operation } }, status: 200 };
}

function understoodOf(provider: Extract<ReturnType<typeof describeProvider>, { ok: true }>['provider']): Understood {
  const { plugin, description } = provider;
  return {
    name: plugin.name,
    lines: capabilityLines(plugin.capabilities),
    settings: Object.values(description.settings).map(({ title }) => title),
    operations: operationsOf(provider),
  };
}
