import { type ActionFunctionArgs, data } from '@remix-run/node';
import { issueFormToken, readFormToken } from '#app/auth/form-token.server.ts';
import { countTry, networkOf, waitMessage } from '#app/auth/limits.server.ts';
import type { FormKind } from '#app/domain/public-forms/form-fields.ts';
import type { RecordAnswer } from '#app/ui/record-answer.ts';

export type PublicFormAnswer = RecordAnswer & {
  /** Goes on in the form: whoever mends a field doesn't begin to wait anew. */
  token: string;
  /** How many students the form has. */
  students: number;
};

/** Nobody fills in a form in less. */
const LEAST_MS = 3_000;

type Context = ActionFunctionArgs['context'];

/** The token that goes on in the form, and for how long the form was open; undefined where it is none of ours, or too old. */
export function tokenOf(context: Context, kind: FormKind, form: FormData) {
  const sent = String(form.get('token') ?? '');
  const age = readFormToken(context.config, kind, context.clock(), sent);
  return { token: age === undefined ? issueFormToken(context.config, kind, context.clock()) : sent, age };
}

/** Quiet questions that a person never answers wrong; who is held up wrongly is told how to go on. */
export function machineMessage(form: FormData, age: number | undefined): string | undefined {
  if (String(form.get('website') ?? '') !== '')
    return 'A field that nobody sees was filled in, as machines do. It is empty now: send the form once more.';
  if (age === undefined) return 'This page stood open for long. What you typed is kept: look once more, and send it.';
  if (age < LEAST_MS) return 'That was faster than anybody types. Look at what is written here, and send it once more.';
  return undefined;
}

/** The words for whoever sends too much, else undefined. */
export async function limitMessage(context: Context, email: string): Promise<string | undefined> {
  const wait = await countTry(context.db, [
    { limit: 'formAddress', of: networkOf(context.clientIp) },
    { limit: 'formMail', of: email },
  ]);
  return wait === undefined ? undefined : waitMessage(wait);
}

export function refuseLarge(request: Request, mostBytes: number): void {
  const length = Number(request.headers.get('Content-Length') ?? 0);
  if (!(length <= mostBytes)) throw new Response('That is more than this form takes.', { status: 413 });
}

export const answerForm = (answer: PublicFormAnswer, status: number) => data<PublicFormAnswer>(answer, { status });
