import { z } from 'zod';

/**
 * What a public form can ask: built-in fields, each in its section, and the custom fields that are marked for it. Which of
 * them it asks, in which order and what must be filled in is the admin's (`public_form.fields`). Browser-safe.
 */

export const FORM_KINDS = ['enquiry', 'application'] as const;
export type FormKind = (typeof FORM_KINDS)[number];

export interface BuiltInField {
  name: string;
  label: string;
  section: FormSection;
  /** Without it nothing can be made of the form: always asked, and required or not as it says. */
  locked?: 'required' | 'optional';
  /** Asked until an admin takes it off. */
  usual?: boolean;
}

export const FORM_SECTIONS = {
  enquiry: ['you', 'student', 'lessons'],
  application: ['you', 'teaching', 'documents'],
} as const;
export type FormSection = (typeof FORM_SECTIONS)[FormKind][number];

export const BUILT_IN: Record<FormKind, readonly BuiltInField[]> = {
  enquiry: [
    { name: 'name', label: 'Your name', section: 'you', locked: 'required' },
    { name: 'email', label: 'E-mail address', section: 'you', locked: 'required' },
    { name: 'phone', label: 'Phone', section: 'you', usual: true },
    { name: 'address', label: 'Address', section: 'you' },
    { name: 'student', label: 'Student’s name', section: 'student', locked: 'optional' },
    { name: 'subjectId', label: 'Subject', section: 'student', locked: 'optional' },
    { name: 'levelId', label: 'Level', section: 'student', usual: true },
    { name: 'grade', label: 'School year', section: 'student', usual: true },
    { name: 'mode', label: 'Where', section: 'lessons', usual: true },
    { name: 'location', label: 'Place', section: 'lessons' },
    { name: 'sessionsPerWeek', label: 'Lessons a week', section: 'lessons', usual: true },
    { name: 'sessionMinutes', label: 'Length of a lesson', section: 'lessons' },
    { name: 'times', label: 'Times that suit', section: 'lessons', usual: true },
    { name: 'startsOn', label: 'When to begin', section: 'lessons', usual: true },
    { name: 'endsOn', label: 'Last day', section: 'lessons' },
    { name: 'urgency', label: 'How soon', section: 'lessons' },
    { name: 'wishGender', label: 'Tutor’s gender', section: 'lessons' },
    { name: 'wishLanguages', label: 'Languages', section: 'lessons' },
    { name: 'note', label: 'What else we should know', section: 'lessons', usual: true },
  ],
  application: [
    { name: 'firstName', label: 'First name', section: 'you', locked: 'required' },
    { name: 'lastName', label: 'Last name', section: 'you', locked: 'required' },
    { name: 'email', label: 'E-mail address', section: 'you', locked: 'required' },
    { name: 'phone', label: 'Phone', section: 'you', usual: true },
    { name: 'address', label: 'Address', section: 'you' },
    { name: 'gender', label: 'Gender', section: 'you' },
    { name: 'languages', label: 'Languages', section: 'you', usual: true },
    { name: 'subjects', label: 'Subjects', section: 'teaching', usual: true },
    { name: 'modes', label: 'Where', section: 'teaching', usual: true },
    { name: 'wishedHours', label: 'Hours a week', section: 'teaching', usual: true },
    { name: 'about', label: 'About you', section: 'teaching', usual: true },
    { name: 'documents', label: 'Documents', section: 'documents', usual: true },
  ],
};

/** Whose records the custom fields of a form describe, and in which section they are asked. */
export const CUSTOM_SECTIONS: Record<FormKind, Partial<Record<FormEntity, FormSection>>> = {
  enquiry: { client: 'you', student: 'student', request: 'lessons' },
  application: { tutor: 'teaching' },
};
export type FormEntity = 'client' | 'student' | 'request' | 'tutor';

/** A line of `public_form.fields`: a built-in field by its name or a custom one by its id. */
export const storedFieldsSchema = z
  .array(z.object({ field: z.string().max(64), required: z.boolean().default(false) }))
  .max(200, 'That is more than a form can ask');
export type StoredField = z.output<typeof storedFieldsSchema>[number];

/** What is needed here of a custom field. */
export interface FormCustomField {
  id: string;
  entity: string;
  label: string;
  required: boolean;
}

export interface AskedField<C extends FormCustomField = FormCustomField> {
  /** A built-in field's name or a custom one's id. */
  field: string;
  label: string;
  section: FormSection;
  required: boolean;
  /** Always asked; what it requires can't be changed. */
  locked: boolean;
  custom: C | null;
}

/**
 * What a form asks, in its order: by section, and within one as the admin arranged it. What is stored and no longer there
 * (an archived custom field) is left out; a custom field that was marked for the form later comes last in its section.
 */
export function askedFields<C extends FormCustomField>(
  kind: FormKind,
  stored: readonly StoredField[],
  customs: readonly C[],
): AskedField<C>[] {
  const places = new Map(stored.map((line, index) => [line.field, index]));
  const required = new Map(stored.map((line) => [line.field, line.required]));
  const builtIn = BUILT_IN[kind]
    .filter((field) => field.locked || places.has(field.name) || (stored.length === 0 && field.usual))
    .map((field, index): AskedField<C> & { place: number } => ({
      field: field.name,
      label: field.label,
      section: field.section,
      required: field.locked ? field.locked === 'required' : (required.get(field.name) ?? false),
      locked: field.locked !== undefined,
      custom: null,
      place: places.get(field.name) ?? index - BUILT_IN[kind].length,
    }));
  const own = customs.flatMap((custom, index): (AskedField<C> & { place: number })[] => {
    const section = CUSTOM_SECTIONS[kind][custom.entity as FormEntity];
    if (!section) return [];
    const must = custom.required || (required.get(custom.id) ?? false);
    const place = places.get(custom.id) ?? stored.length + index;
    return [{ field: custom.id, label: custom.label, section, required: must, locked: false, custom, place }];
  });
  const order: readonly string[] = FORM_SECTIONS[kind];
  return [...builtIn, ...own]
    .sort((a, b) => order.indexOf(a.section) - order.indexOf(b.section) || a.place - b.place)
    .map(({ place: _, ...field }) => field);
}

/** The built-in fields that an admin could add, and has not. */
export function unaskedFields(kind: FormKind, asked: readonly AskedField[]): BuiltInField[] {
  const names = new Set(asked.map(({ field }) => field));
  return BUILT_IN[kind].filter(({ name }) => !names.has(name));
}
