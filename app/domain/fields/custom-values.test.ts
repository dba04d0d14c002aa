import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CustomField, type CustomPatch, FIELD_TYPES, type FieldDefinition, fieldsFor } from './custom-field.ts';
import { asSent, overlay, parseCustom, parseValue, valuesOf, valueText } from './custom-values.ts';

const choices = [
  { id: 'a', label: 'Small', archived: false },
  { id: 'b', label: 'Large', archived: false },
  { id: 'old', label: 'Huge', archived: true },
];
const aField = (over: Partial<CustomField> = {}): CustomField => ({
  id: 'f1',
  entity: 'student',
  key: 'field',
  label: 'Field',
  help: '',
  type: 'text',
  choices,
  required: false,
  editable: true,
  inList: false,
  filterable: false,
  inMail: false,
  ...over,
});
const read = (type: CustomField['type'], ...sent: string[]) => parseValue(aField({ type }), sent);
const sentFor = (values: Record<string, string[]>) => new Map(Object.entries(values));

describe('a value is taken as its field says', () => {
  it.each([
    ['number', '12.5', 12.5],
    ['number', '12,5', 12.5],
    ['number', '-3', -3],
    ['number', '1250', 1250],
    ['date', '2028-02-29', '2028-02-29'],
    ['yes_no', 'no', false],
    ['email', ' Oona@Example.test', 'oona@example.test'],
    ['phone', '+353 1 555 0100', '+353 1 555 0100'],
    ['url', 'https://example.test/a?b=c', 'https://example.test/a?b=c'],
    ['text', ' two \r\n lines\u0007', 'two lines'],
    ['choice', 'a', 'a'],
  ] as const)('%s %j', (type, sent, value) => {
    expect(read(type, sent)).toEqual({ value });
  });

  it.each([
    ['number', '1,250'],
    ['number', '1 250'],
    ['number', '1e9'],
    ['number', '99999999999999999'],
    ['date', '2027-02-29'],
    ['date', '31.3.2027'],
    ['yes_no', 'maybe'],
    ['email', 'oona'],
    ['phone', 'call me'],
    ['url', 'javascript:alert(1)'],
    ['url', 'example.test'],
    ['choice', 'old'],
    ['choice', 'nothing'],
    ['text', 'x'.repeat(501)],
    ['long_text', 'x'.repeat(10_001)],
  ] as const)('%s refuses %.20j', (type, sent) => {
    expect(read(type, sent)).toHaveProperty('error');
  });

  it('keeps ten thousand characters of a long text as they were typed, but for the ends of lines', () => {
    const text = `${'word '.repeat(1999)}\r\nend`;
    expect(read('long_text', text)).toEqual({ value: text.replace('\r\n', '\n') });
  });

  it('keeps several choices in the order of the list, each once', () => {
    expect(read('choices', 'b', 'a', 'b', '')).toEqual({ value: ['a', 'b'] });
  });

  it('leaves an archived choice with a record that has it, and offers it to no other', () => {
    expect(parseValue(aField({ type: 'choice' }), ['old'], 'old')).toEqual({ value: 'old' });
    expect(parseValue(aField({ type: 'choices' }), ['a', 'old'], ['old'])).toEqual({ value: ['a', 'old'] });
    expect(parseValue(aField({ type: 'choices' }), ['old'], ['a'])).toHaveProperty('error');
    expect(valueText(aField({ type: 'choices' }), ['a', 'old'])).toBe('Small, Huge');
  });
});

describe('a form', () => {
  const required = aField({ id: 'must', required: true, label: 'School' });

  it('asks for what is required of those who may fill it in, and of nobody else', () => {
    expect(parseCustom([required], sentFor({ must: [''] }), { before: {} }).errors).toEqual({
      'custom.must': 'Fill in “School”',
    });
    expect(parseCustom([{ ...required, editable: false }], sentFor({ must: [''] }), { before: {} })).toEqual({
      patch: {},
      errors: {},
    });
  });

  it('that was opened before a required field was added does not empty it; a new record is asked for it', () => {
    expect(parseCustom([required], new Map(), { before: { must: 'St Jude' } })).toEqual({ patch: {}, errors: {} });
    expect(parseCustom([required], new Map()).errors).toHaveProperty(['custom.must']);
  });

  it('takes nothing for a field that its reader may not fill in', () => {
    const field = aField({ editable: false });
    expect(parseCustom([field], sentFor({ f1: ['mine'], other: ['x'] }), { before: {} }).patch).toEqual({});
  });
});

describe('what a record has', () => {
  it('outside of the patch stays untouched, whatever is saved', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { minLength: 1 }));
    const id = fc.stringMatching(/^[a-z]{1,6}$/);
    fc.assert(
      fc.property(fc.dictionary(id, value), fc.dictionary(id, fc.oneof(value, fc.constant(null))), (before, patch) => {
        const { custom, changed } = overlay(before, patch as CustomPatch);
        for (const [key, was] of Object.entries(before)) if (!Object.hasOwn(patch, key)) expect(custom[key]).toEqual(was);
        for (const [key, is] of Object.entries(patch)) expect(custom[key] ?? null).toEqual(is);
        expect(changed.every((key) => Object.hasOwn(patch, key))).toBe(true);
        expect(overlay(custom, patch as CustomPatch).changed).toEqual([]);
      }),
    );
  });

  it('goes into a form and comes back the same', () => {
    const samples = { text: 'a b', long_text: 'a\nb', number: -0.5, date: '2027-03-31', yes_no: false, choice: 'b' } as const;
    for (const [type, value] of Object.entries(samples))
      expect(parseValue(aField({ type: type as CustomField['type'] }), asSent(value))).toEqual({ value });
    expect(parseValue(aField({ type: 'choices' }), asSent(['a', 'b']))).toEqual({ value: ['a', 'b'] });
  });

  it('leaves the database only in fields that were asked for', () => {
    expect(valuesOf([aField()], { f1: 'seen', hidden: 'secret', f2: { odd: true } })).toEqual({ f1: 'seen' });
    expect(valuesOf([aField()], null)).toEqual({});
  });
});

describe('who gets a field', () => {
  const definition = (over: Partial<FieldDefinition>): FieldDefinition => ({
    ...aField(),
    seenBy: [],
    editedBy: [],
    inPublicForm: false,
    position: 1,
    archivedAt: null,
    version: 1,
    ...over,
  });
  const fields = [
    definition({ id: 'admins' }),
    definition({ id: 'office', seenBy: ['scheduler'], editedBy: ['scheduler'] }),
    definition({ id: 'shown', seenBy: ['scheduler', 'tutor', 'family'], editedBy: ['tutor'] }),
    definition({ id: 'asked', inPublicForm: true }),
    definition({ id: 'gone', seenBy: ['scheduler'], inPublicForm: true, archivedAt: new Date() }),
  ];
  const got = (audience: Parameters<typeof fieldsFor>[1]) =>
    fieldsFor(fields, audience).map((field) => `${field.id}${field.editable ? '+' : ''}`);

  it('is said by the field, and an archived one is for nobody', () => {
    expect(got('admin')).toEqual(['admins+', 'office+', 'shown+', 'asked+']);
    expect(got('scheduler')).toEqual(['office+', 'shown']);
    expect(got('tutor')).toEqual(['shown+']);
    expect(got('family')).toEqual(['shown']);
    expect(got('public')).toEqual(['asked+']);
  });

  it('is not said to whoever gets it', () => {
    expect(Object.keys(fieldsFor(fields, 'family')[0] ?? {})).not.toContain('seenBy');
  });

  it('has one of the types that a form can ask for', () => {
    for (const type of FIELD_TYPES) expect(parseValue(aField({ type }), [''])).toEqual({ value: null });
  });
});
