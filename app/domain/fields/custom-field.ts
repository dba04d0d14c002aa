/** Fields that an admin adds to a record without code. Browser-safe. */

export const ENTITIES = ['tutor', 'client', 'student', 'request', 'session'] as const;
export type Entity = (typeof ENTITIES)[number];

export const entityNames: Record<Entity, { one: string; many: string }> = {
  tutor: { one: 'tutor', many: 'Tutors' },
  client: { one: 'client', many: 'Clients' },
  student: { one: 'student', many: 'Students' },
  request: { one: 'request', many: 'Requests' },
  session: { one: 'session', many: 'Sessions' },
};

export const FIELD_TYPES = [
  'text',
  'long_text',
  'number',
  'date',
  'yes_no',
  'choice',
  'choices',
  'email',
  'phone',
  'url',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export const typeNames: Record<FieldType, string> = {
  text: 'Text in one line',
  long_text: 'Text in several lines',
  number: 'Number',
  date: 'Date',
  yes_no: 'Yes or no',
  choice: 'One of a list',
  choices: 'Several of a list',
  email: 'E-mail address',
  phone: 'Phone number',
  url: 'Web address',
};

/** Who can be shown a field or be kept from it; owner and admin see and edit every one. */
export const SEERS = ['scheduler', 'tutor', 'family'] as const;
export type Seer = (typeof SEERS)[number];

/** For whom fields are read: `public` is who fills in a form without an account. */
export type Audience = 'admin' | Seer | 'public';

export interface Choice {
  /** What a record keeps, so that the label can be changed. */
  id: string;
  label: string;
  archived: boolean;
}

/** A field as one audience gets it. */
export interface CustomField {
  id: string;
  entity: Entity;
  /** Its name in mails, exports, addresses of lists and the API. */
  key: string;
  label: string;
  help: string;
  type: FieldType;
  choices: Choice[];
  required: boolean;
  /** By the audience it was read for. */
  editable: boolean;
  inList: boolean;
  filterable: boolean;
  inMail: boolean;
}

export interface FieldDefinition extends Omit<CustomField, 'editable'> {
  seenBy: Seer[];
  editedBy: Seer[];
  inPublicForm: boolean;
  position: number;
  archivedAt: Date | null;
  version: number;
}

/** A choice is its id, a date is `YYYY-MM-DD`. What is empty is not kept. */
export type CustomValue = string | number | boolean | string[];
/** By the field's id. */
export type CustomValues = Record<string, CustomValue>;
/** What a form changes: null empties a field, what is left out stays as it is. */
export type CustomPatch = Record<string, CustomValue | null>;

/** What a use case is handed beside the record's own facts. */
export type WithCustom<T> = T & { custom?: CustomPatch | undefined };

export const hasChoices = (type: FieldType) => type === 'choice' || type === 'choices';

/** The fields that an audience may see, those it may fill in marked. Archived ones are for nobody. */
export function fieldsFor(definitions: readonly FieldDefinition[], audience: Audience): CustomField[] {
  return definitions
    .filter((field) => field.archivedAt === null && sees(field, audience))
    .map(({ id, entity, key, label, help, type, choices, required, inList, filterable, inMail, editedBy }) => ({
      id,
      entity,
      key,
      label,
      help,
      type,
      choices,
      required,
      inList,
      filterable,
      inMail,
      editable: audience === 'admin' || audience === 'public' || editedBy.includes(audience),
    }));
}

function sees(field: FieldDefinition, audience: Audience): boolean {
  if (audience === 'admin') return true;
  return audience === 'public' ? field.inPublicForm : field.seenBy.includes(audience);
}

/** How an input of a form is called. */
export const inputName = (field: { id: string }) => `custom.${field.id}`;
