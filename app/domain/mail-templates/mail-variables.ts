/** Names that a mail's template can write, for the list beside the editor. Pure. */
export interface MailVariable {
  /** As it is written: `company.name`. */
  name: string;
  kind: 'text' | 'link' | 'flag' | 'list';
  /** What it is in the mail's example; of a list, how many there are. */
  example: string;
  meaning: string;
  /** Of a list: the names of each of its items. */
  fields: MailVariable[];
}

const MEANINGS: Record<string, string> = {
  greeting: 'The first line, in the reader’s language',
  heading: 'What it is about, in large letters on top',
  preview: 'What a mailbox shows beside the subject',
  intro: 'What happened, in a sentence or two',
  action: 'What stands on the button',
  link: 'Where the button leads',
  why: 'Why the reader gets this mail; it stands at its end',
  'company.name': 'Your company',
  'company.contact': 'Your mail address for questions; may be empty',
  'recipient.name': 'Who gets the mail',
  lesson: 'The title of the session, else its subject',
  day: 'The day, in the reader’s zone',
  hours: 'From when until when, and in which zone',
  shortWhen: 'Day and time in short',
  elsewhere: 'The time where you are, where it differs',
  before: 'When it was before a move',
  people: 'The tutor; for a tutor, the students',
  peopleLabel: 'Whether that is a tutor, a student or students',
  where: 'Where it takes place',
  join: 'The link into the room; empty where there is none',
  cause: 'The reason that was given; may be empty',
  more: 'Fields of your own that stand in mails',
  until: 'Until when the link works',
  total: 'The amount, with its currency',
  due: 'The day it is due; may be empty',
  number: 'The document’s number',
  period: 'From which day to which',
  lines: 'What it lists, one after the other',
  direction: 'rtl where the language is read from right to left',
  language: 'The reader’s language, as a short sign',
};

/** Of the frame alone, or of no use in a text. */
const HIDDEN = new Set(['words', 'start', 'end', 'ownHeading', 'subject', 'manage']);

/** The names of a mail, from what its example makes of them, the ones of every mail first. */
export function mailVariables(values: Record<string, unknown>, prefix = ''): MailVariable[] {
  return Object.entries(values)
    .filter(([key]) => prefix !== '' || !HIDDEN.has(key))
    .flatMap(([key, value]): MailVariable[] => {
      const name = `${prefix}${key}`;
      const meaning = MEANINGS[name] ?? '';
      if (Array.isArray(value))
        return [{ name, kind: 'list', example: String(value.length), meaning, fields: itemFields(value) }];
      if (typeof value === 'object' && value !== null) return mailVariables(value as Record<string, unknown>, `${name}.`);
      if (typeof value === 'boolean') return [{ name, kind: 'flag', example: value ? 'yes' : 'no', meaning, fields: [] }];
      const example = value === null || value === undefined ? '' : String(value);
      return [{ name, kind: /^https?:\/\//.test(example) ? 'link' : 'text', example, meaning, fields: [] }];
    });
}

function itemFields(list: readonly unknown[]): MailVariable[] {
  const groups = list.filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null);
  if (groups.length === 0) return [{ name: 'this', kind: 'text', example: String(list[0] ?? ''), meaning: '', fields: [] }];
  return mailVariables(Object.assign({}, ...groups) as Record<string, unknown>, '').map((field) => ({ ...field, meaning: '' }));
}
