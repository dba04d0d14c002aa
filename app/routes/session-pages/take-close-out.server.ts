import { data, redirect } from '@remix-run/node';
import { closeOutSchema } from '#app/domain/closeout/close-out.schema.ts';
import { forgetDraft } from '#app/domain/closeout/save-draft.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import type { Audience } from '#app/domain/fields/custom-field.ts';
import { isId } from '#app/domain/is-id.ts';
import { typedCustom } from '#app/ui/custom-form.ts';
import type { FormValues } from '#app/ui/record-answer.ts';
import {
  asPlanned,
  type CloseOutValues,
  closeOutInput,
  closeOutValues,
  typedCloseOut,
} from '#app/ui/session-close-out-values.ts';
import { type FormProblem, problemOf } from '#app/ui/session-problem.ts';
import { readCustom } from '../record-forms/read-custom.server.ts';
import { formValues, type Loaded } from './close-out-page.server.ts';

export interface RefusedCloseOut {
  problem: FormProblem;
  status: number;
  /** All that was typed. */
  values: CloseOutValues;
  custom: FormValues;
}

/** Takes the form of a close-out; undefined: it is in. */
export async function takeCloseOut(loaded: Loaded, form: FormData, audience: Audience): Promise<RefusedCloseOut | undefined> {
  const { session, reader, actor, context } = loaded;
  const typed = typedCloseOut(form, await formValues(loaded));
  const values = form.get('intent') === 'as-planned' ? asPlanned(typed, closeOutValues({ ...session, closeOut: null })) : typed;
  const custom = await readCustom(context.db, form, { entity: 'session', audience, id: session.id });
  const refused = { values: typed, custom: typedCustom(form) };
  if (Object.keys(custom.errors).length > 0) {
    const problem: FormProblem = { message: 'That can’t be saved yet.', errors: custom.errors, clashes: [] };
    return { ...refused, problem, status: 400 };
  }
  try {
    const [version, key] = [form.get('version'), form.get('submissionKey')];
    const input = closeOutSchema.parse({
      ...closeOutInput(session.id, session.policy.twoDurations ? values : { ...values, paidMinutes: '' }),
      ...(typeof version === 'string' && /^\d{1,9}$/.test(version) ? { version: Number(version) } : {}),
      ...(isId(key) ? { submissionKey: key } : {}),
    });
    await submitCloseOut(context.db, context, actor, { ...input, custom: custom.patch }, { office: audience !== 'tutor' });
    return undefined;
  } catch (error) {
    return { ...refused, ...problemOf(error, reader) };
  }
}

/** The page's form as a browser sends it by itself. */
export async function submitCloseOutForm(
  loaded: Loaded,
  form: FormData,
  { audience, next, page }: { audience: Audience; next: string; page: string },
) {
  if (form.get('intent') === 'forget-draft') {
    await forgetDraft(loaded.context.db, { sessionId: loaded.session.id, userId: loaded.user.id });
    return redirect(page);
  }
  const refused = await takeCloseOut(loaded, form, audience);
  if (!refused) return redirect(next);
  const { status, ...answer } = refused;
  return data(answer, { status });
}
