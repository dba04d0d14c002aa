/** The fields of a form as they stand, and back: inputs are left to the browser, so that a draft can be put into them. */

export type Fields = Record<string, string[]>;

/** All that is typed, without files. */
export function fieldsOf(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== 'string') continue;
    const before = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (before) before.push(value);
    else fields[name] = [value];
  }
  return fields;
}

/** Puts it in; a field that isn't there any more is passed over. */
export function fill(form: HTMLFormElement, fields: Fields): void {
  for (const input of form.elements) {
    if (!isField(input) || !Object.hasOwn(fields, input.name)) continue;
    const values = fields[input.name] ?? [];
    if (input instanceof HTMLInputElement && (input.type === 'radio' || input.type === 'checkbox')) {
      input.checked = values.includes(input.value);
    } else input.value = values[0] ?? '';
  }
  form.dispatchEvent(new Event('input', { bubbles: true }));
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isField = (element: Element): element is Field =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

/** What is in one text field now. */
export function textIn(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement ? field.value : '';
}
