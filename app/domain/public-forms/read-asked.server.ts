import type { Kysely } from 'kysely';
import { customFieldsFor } from '#app/domain/fields/queries.server.ts';
import type { DB } from '#db/types.ts';
import { askedFields, CUSTOM_SECTIONS, type FormEntity, type FormKind } from './form-fields.ts';
import { getPublicForm, listFormChoices } from './form-queries.server.ts';

/** What a public form asks just now, custom fields and choices included. */
export async function readAsked(db: Kysely<DB>, kind: FormKind) {
  const entities = Object.keys(CUSTOM_SECTIONS[kind]) as FormEntity[];
  const [form, choices, ...customs] = await Promise.all([
    getPublicForm(db, kind),
    listFormChoices(db),
    ...entities.map((entity) => customFieldsFor(db, entity, 'public')),
  ]);
  return { form, choices, asked: askedFields(kind, form.fields, customs.flat()) };
}
