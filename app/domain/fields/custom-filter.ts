import type { CustomField, FieldType } from './custom-field.ts';

/** What a list is narrowed to by one additional field, as it stands in the URL. Browser-safe. */
export interface CustomFilter {
  id: string;
  key: string;
  type: FieldType;
  /** A choice's id, `yes` or `no`, or words that are in the text. */
  is: string;
  /** Of a number or a date, both included. */
  from: string;
  to: string;
}

const isSpan = (type: FieldType) => type === 'number' || type === 'date';

/** `?f.shirt=…`, `?f.born.from=2015-01-01&f.born.to=…`. What makes no sense, or is no filter of this reader's, is ignored. */
export function readCustomFilter(fields: readonly CustomField[], params: URLSearchParams): CustomFilter[] {
  return fields.flatMap((field): CustomFilter[] => {
    const { id, key, type } = field;
    const said = (name: string) => (params.get(name) ?? '').toWellFormed().replaceAll('\0', '').trim().slice(0, 100);
    if (isSpan(type)) {
      const [from, to] = [bound(type, said(`f.${key}.from`)), bound(type, said(`f.${key}.to`))];
      return from || to ? [{ id, key, type, is: '', from, to }] : [];
    }
    const is = said(`f.${key}`);
    return is !== '' && makesSense(field, is) ? [{ id, key, type, is, from: '', to: '' }] : [];
  });
}

function bound(type: FieldType, text: string): string {
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '';
  return /^-?\d{1,15}(\.\d{1,10})?$/.test(text.replace(',', '.')) ? text.replace(',', '.') : '';
}

function makesSense({ type, choices }: CustomField, is: string): boolean {
  if (type === 'yes_no') return is === 'yes' || is === 'no';
  return (type !== 'choice' && type !== 'choices') || choices.some((choice) => choice.id === is);
}

/** The same for addresses. */
export function customFilterParams(filters: readonly CustomFilter[]): Record<string, string> {
  return Object.fromEntries(
    filters.flatMap(({ key, is, from, to }) => [
      ...(is ? [[`f.${key}`, is]] : []),
      ...(from ? [[`f.${key}.from`, from]] : []),
      ...(to ? [[`f.${key}.to`, to]] : []),
    ]),
  );
}
