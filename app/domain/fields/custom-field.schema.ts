import { z } from 'zod';
import { checkbox, freeText, recordId, version } from '#app/domain/people/fields.ts';
import { ENTITIES, FIELD_TYPES, hasChoices, SEERS } from './custom-field.ts';

/** In one line: it stands in mails, exports and lists. */
const oneLine = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

const name = (message: string, max: number) =>
  z
    .string(message)
    .transform(oneLine)
    .pipe(z.string().min(1, message).max(max, `Keep it under ${max} characters`));

const CHOICES_MAX = 100;

const choice = z.object({
  /** Left out for a new one. */
  id: z.string().max(40).optional(),
  label: z.string().transform(oneLine).pipe(z.string().max(120, 'Keep a choice under 120 characters')),
  archived: z.boolean().default(false),
});
export type ChoiceInput = z.output<typeof choice>;

const facts = {
  label: name('Say what the field is called', 80),
  help: freeText(300),
  required: checkbox,
  choices: z
    .array(choice)
    .max(CHOICES_MAX * 2)
    .default([]),
  seenBy: z.array(z.enum(SEERS)).default([]),
  editedBy: z.array(z.enum(SEERS)).default([]),
  inPublicForm: checkbox,
  inList: checkbox,
  filterable: checkbox,
  inMail: checkbox,
};

type Facts = { seenBy: string[]; editedBy: string[] };
const editorsSee = (field: Facts) => field.editedBy.every((who) => field.seenBy.includes(who));
const editorsMessage = { path: ['editedBy'], message: 'Who fills it in must see it, too' };

export const customFieldSchema = z
  .object({
    ...facts,
    entity: z.enum(ENTITIES, 'Choose what it is a field of'),
    type: z.enum(FIELD_TYPES, 'Choose what is filled in'),
  })
  .refine(editorsSee, editorsMessage)
  .refine((field) => !hasChoices(field.type) || field.choices.some((one) => one.label !== ''), {
    path: ['choices'],
    message: 'Give at least one choice',
  });
export type NewCustomField = z.output<typeof customFieldSchema>;

/** What it is a field of, its type and its key stay as they were made. */
export const customFieldEditSchema = z.object({ ...facts, id: recordId, version }).refine(editorsSee, editorsMessage);
export type CustomFieldEdit = z.output<typeof customFieldEditSchema>;
