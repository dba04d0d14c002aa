import { customFieldEditSchema, customFieldSchema } from '#app/domain/fields/custom-field.schema.ts';
import type { FieldDefinition } from '#app/domain/fields/custom-field.ts';
import type { FormValues } from '#app/ui/record-answer.ts';
import { readRecord } from '#app/ui/record-form.server.ts';

const lists = ['choiceId', 'choiceLabel', 'choiceArchived', 'seenBy', 'editedBy'];

/** The lines of the form, name by name, as the list of choices. */
function withChoices(input: Record<string, unknown>): Record<string, unknown> {
  const [ids, labels, archived] = [input.choiceId, input.choiceLabel, input.choiceArchived] as string[][];
  const choices = (labels ?? []).slice(0, 250).map((label, at) => {
    const id = ids?.[at] || undefined;
    return { id, label, archived: id !== undefined && (archived ?? []).includes(id) };
  });
  return { ...input, choices: choices.filter((choice) => choice.id !== undefined || choice.label.trim() !== '') };
}

export const readNewField = (form: FormData, entity: string | null) =>
  readRecord(customFieldSchema, form, { lists, shape: (input) => ({ ...withChoices(input), entity }) });

export const readFieldEdit = (form: FormData, id: string) =>
  readRecord(customFieldEditSchema, form, { lists, shape: (input) => ({ ...withChoices(input), id }) });

export function fieldFormValues(field: FieldDefinition): FormValues {
  const box = (on: boolean) => (on ? ['on'] : []);
  return {
    label: [field.label],
    help: [field.help],
    required: box(field.required),
    seenBy: field.seenBy,
    editedBy: field.editedBy,
    inPublicForm: box(field.inPublicForm),
    inList: box(field.inList),
    filterable: box(field.filterable),
    inMail: box(field.inMail),
    choiceId: field.choices.map((choice) => choice.id),
    choiceLabel: field.choices.map((choice) => choice.label),
    choiceArchived: field.choices.filter((choice) => choice.archived).map((choice) => choice.id),
  };
}
