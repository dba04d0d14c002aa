import type { CustomField, CustomPatch } from '#app/domain/fields/custom-field.ts';
import { parseCustom } from '#app/domain/fields/custom-values.ts';
import type { AskedField } from '#app/domain/public-forms/form-fields.ts';

/**
 * What was filled in of the custom fields a form asks, by what they are of; of students for each. A field that was archived
 * while the form stood open is as if it had never been asked. Errors by the name of the input.
 */
export function readFormCustom(asked: readonly AskedField<CustomField>[], form: FormData, students: number) {
  const fields = asked.flatMap(({ custom, required }) => (custom ? [{ ...custom, required }] : []));
  const errors: Record<string, string> = {};
  const read = (entity: string, prefix: string): CustomPatch => {
    const own = fields.filter((field) => field.entity === entity);
    const sent = new Map(own.map(({ id }) => [id, form.getAll(`${prefix}custom.${id}`).filter(isText)]));
    const parsed = parseCustom(own, sent);
    for (const [name, message] of Object.entries(parsed.errors)) errors[`${prefix}${name}`] = message;
    return withoutEmpty(parsed.patch);
  };
  const values = {
    client: read('client', ''),
    request: read('request', ''),
    tutor: read('tutor', ''),
    students: Array.from({ length: students }, (_, index) => read('student', `students.${index}.`)),
  };
  return { values, errors };
}

const isText = (value: FormDataEntryValue): value is string => typeof value === 'string';

const withoutEmpty = (patch: CustomPatch): CustomPatch =>
  Object.fromEntries(
    Object.entries(patch).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
