import { data, redirect } from '@remix-run/node';
import type { z } from 'zod';
import type { Actor, AppContext } from '#app/context.ts';
import { isId } from '#app/domain/is-id.ts';
import { sendGuestLink } from '#app/domain/meetings/send-guest-link.server.ts';
import { takeBackGuestLink } from '#app/domain/meetings/take-back-guest-link.server.ts';
import { addMaterial, materialSchema, removeMaterial } from '#app/domain/scheduling/add-material.server.ts';
import { askQuestion, questionSchema } from '#app/domain/scheduling/ask-question.server.ts';
import { writePlan } from '#app/domain/scheduling/write-plan.server.ts';
import { problemOf } from '#app/ui/session-problem.ts';
import type { SectionAnswer } from '#app/ui/session-sections.tsx';
import type { Reader } from '#app/ui/session-when.ts';

export interface OnSession {
  context: AppContext;
  actor: Actor;
  reader: Reader;
  sessionId: string;
  /** The page itself: where a form that was taken leads back to. */
  page: string;
}

export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** Does it and leads back to the page; a refusal is answered in the form it came from, with what was typed. */
export async function answerForm(on: Pick<OnSession, 'reader' | 'page'>, form: FormData, act: () => Promise<void>, back = '') {
  try {
    await act();
  } catch (error) {
    const { problem, status } = problemOf(error, on.reader);
    const values = Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
    return data({ intent: textOf(form, 'intent'), problem, values } satisfies SectionAnswer, { status });
  }
  return redirect(on.page + back);
}

const parse = <T>(schema: z.ZodType<T>, input: unknown): T => schema.parse(input);

/** The plan, the materials and the questions: the forms that the pages of a session share. Undefined: another form. */
export function actOnSession(on: OnSession, form: FormData) {
  const { context, actor, sessionId } = on;
  const { db } = context;
  const formId = textOf(form, 'formId');
  const once = isId(formId) ? { id: formId } : {};
  switch (textOf(form, 'intent')) {
    case 'plan':
      return answerForm(
        on,
        form,
        () => writePlan(db, actor, { sessionId, version: Number(textOf(form, 'version')), plan: textOf(form, 'plan') }),
        '#plan',
      );
    case 'add-material':
      return answerForm(
        on,
        form,
        async () =>
          addMaterial(
            db,
            actor,
            parse(materialSchema, { ...once, sessionId, title: textOf(form, 'title'), url: textOf(form, 'url') }),
          ),
        '#materials',
      );
    case 'remove-material':
      return answerForm(
        on,
        form,
        async () => {
          const materialId = textOf(form, 'materialId');
          if (isId(materialId)) await removeMaterial(db, actor, { sessionId, materialId });
        },
        '#materials',
      );
    case 'ask':
      return answerForm(
        on,
        form,
        async () => askQuestion(db, actor, parse(questionSchema, { ...once, sessionId, body: textOf(form, 'body') })),
        '#questions',
      );
    case 'guest-mail':
      return answerForm(
        on,
        form,
        async () => {
          const attendanceId = textOf(form, 'attendanceId');
          if (isId(attendanceId)) await sendGuestLink(db, context, actor, { sessionId, attendanceId, formId });
        },
        '#guests',
      );
    case 'guest-take-back':
      return answerForm(
        on,
        form,
        async () => {
          const [attendanceId, joinPass] = [textOf(form, 'attendanceId'), Number(textOf(form, 'joinPass'))];
          if (isId(attendanceId) && joinPass === (joinPass | 0))
            await takeBackGuestLink(db, actor, { sessionId, attendanceId, joinPass });
        },
        '#guests',
      );
    default:
      return undefined;
  }
}
