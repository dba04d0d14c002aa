import type { Audience, CustomField, CustomPatch, Entity } from '#app/domain/fields/custom-field.ts';
import { parseCustom } from '#app/domain/fields/custom-values.ts';
import { customFieldsFor, customOf } from '#app/domain/fields/queries.server.ts';
import { customFormValues, typedCustom } from '#app/ui/custom-form.ts';
import type { FormValues } from '#app/ui/record-answer.ts';
import { type Read, typedValues } from '#app/ui/record-form.server.ts';

type Db = Parameters<typeof customFieldsFor>[0];

interface Of {
  entity: Entity;
  audience: Audience;
  /** Left out for a new record. */
  id?: string;
}

/**
 * Reads the additional fields of a form beside its own: `read` is what the form's schema made of the rest. Whoever sends
 * a field that they may not fill in is not heard.
 */
export async function readCustomFields<T>(
  db: Db,
  form: FormData,
  { entity, audience, id }: Of,
  read: Read<T>,
): Promise<Read<T & { custom: CustomPatch }>> {
  const { patch, errors } = await readCustom(db, form, { entity, audience, ...(id === undefined ? {} : { id }) });
  if (!read.ok) return { ok: false, answer: { ...read.answer, errors: { ...read.answer.errors, ...errors } } };
  if (Object.keys(errors).length > 0) return { ok: false, answer: { errors, values: typedValues(form) } };
  return { ok: true, value: { ...read.value, custom: patch } };
}

/** The additional fields alone, for a form that is read in another way. Errors by the name of the input. */
export async function readCustom(db: Db, form: FormData, { entity, audience, id }: Of) {
  const sent = sentFields(form);
  if (id === undefined) return parseCustom(await customFieldsFor(db, entity, audience), sent);
  const { fields, values } = await customOf(db, entity, id, audience);
  return parseCustom(fields, sent, { before: values });
}

/** By the field's id. */
const sentFields = (form: FormData) =>
  new Map(Object.entries(typedCustom(form)).map(([name, values]) => [name.slice('custom.'.length), values]));

/** What a form shows of its additional fields: those its reader may fill in, with what the record has. */
export async function customForm(db: Db, { entity, audience, id }: Of): Promise<{ fields: CustomField[]; initial: FormValues }> {
  const custom =
    id === undefined
      ? { fields: await customFieldsFor(db, entity, audience), values: {} }
      : await customOf(db, entity, id, audience);
  return { fields: custom.fields.filter((field) => field.editable), initial: customFormValues(custom) };
}
