import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { editPublicForm } from '#app/domain/public-forms/edit-public-form.server.ts';
import type { FormKind } from '#app/domain/public-forms/form-fields.ts';
import { getPublicForm, type PublicForm } from '#app/domain/public-forms/form-queries.server.ts';
import { publicFormSchema } from '#app/domain/public-forms/public-form.schema.ts';
import { readAsked } from '#app/domain/public-forms/read-asked.server.ts';
import { asFormValues, type FormValues, type RecordAnswer } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord, typedValues } from '#app/ui/record-form.server.ts';
import { type FormRow, movedRow, rowsAsSent, rowsOf, storedOf } from './form-rows.ts';

/** The page where an admin says what a public form asks. */
export async function loadFormSettings(args: LoaderFunctionArgs, kind: FormKind) {
  await authorize(args, 'organisation.manage');
  const { db, config } = args.context;
  const [{ form, asked, choices }, organisation] = await Promise.all([readAsked(db, kind), getOrganisation(db)]);
  const { name, locale, timezone } = organisation;
  const rows = rowsOf(kind, asked);
  return {
    kind,
    origin: config.origin,
    enabled: form.enabled,
    version: form.version,
    initial: valuesOf(form, rows),
    rows,
    customs: asked.flatMap(({ custom }) => custom ?? []),
    choices,
    company: { name, locale, timezone },
  };
}

export async function saveFormSettings(args: ActionFunctionArgs, kind: FormKind) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const { db } = context;
  const form = await request.formData();
  const { asked } = await readAsked(db, kind);
  const rows = rowsAsSent(rowsOf(kind, asked), typedValues(form));
  const [intent, field = ''] = String(form.get('intent') ?? '').split(':');
  // Without a script: the order as it would be, not saved yet.
  if (intent === 'up' || intent === 'down') {
    const values = { ...typedValues(form), ...ticksOf(movedRow(rows, field, intent)) };
    return data<RecordAnswer>({ errors: {}, values }, { status: 200 });
  }
  const read = readRecord(publicFormSchema, form, { shape: (input) => ({ ...input, kind, fields: storedOf(rows) }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editPublicForm(db, actorOf(user, context), read.value);
    return redirect('/office/settings/forms');
  } catch (error) {
    return refusedRecord(error, form, async () => textsOf(await getPublicForm(db, kind)));
  }
}

const textsOf = ({ intro, thanks, embedOrigins, enabled }: PublicForm): FormValues => ({
  ...asFormValues({ intro, thanks }),
  embedOrigins: [embedOrigins.join('\n')],
  ...(enabled ? { enabled: ['on'] } : {}),
});

const ticksOf = (rows: readonly FormRow[]): FormValues => ({
  order: rows.map((row) => row.field),
  ask: rows.filter((row) => row.asked).map((row) => row.field),
  must: rows.filter((row) => row.required).map((row) => row.field),
});

const valuesOf = (form: PublicForm, rows: readonly FormRow[]): FormValues => ({ ...textsOf(form), ...ticksOf(rows) });
