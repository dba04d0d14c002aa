import { DomainError } from '#app/domain/errors.ts';
import type { ChoiceInput } from './custom-field.schema.ts';
import type { Choice } from './custom-field.ts';

/**
 * The choices in their new order. A choice once made is never lost: one that is left out or left blank is archived, so
 * that records which have it stay readable.
 * @throws DomainError invalid_value (field choices) for two of one name, or none to choose from
 */
export function arrangedChoices(before: readonly Choice[], input: readonly ChoiceInput[], newId: () => string): Choice[] {
  const known = new Map(before.map((choice) => [choice.id, choice]));
  const after: Choice[] = [];
  for (const { id, label, archived } of input) {
    const old = id === undefined ? undefined : known.get(id);
    if (old) {
      known.delete(old.id);
      after.push({ id: old.id, label: label || old.label, archived: archived || label === '' });
    } else if (label !== '') after.push({ id: newId(), label, archived });
  }
  for (const left of known.values()) after.push({ ...left, archived: true });
  const names = after.filter((choice) => !choice.archived).map((choice) => choice.label.toLowerCase());
  const twice = names.find((label, at) => names.indexOf(label) !== at);
  if (twice !== undefined) throw new DomainError('invalid_value', `“${twice}” is in the list twice.`, { field: 'choices' });
  if (names.length === 0)
    throw new DomainError('invalid_value', 'Give at least one choice that is not archived.', { field: 'choices' });
  return after;
}

/** The name of a field in exports: `Shirt size` -> `shirt_size`, a number behind it where that is taken. */
export function keyOf(label: string, taken: ReadonlySet<string>): string {
  const words = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 36)
    .replace(/_+$/, '');
  const key = words || 'field';
  if (!taken.has(key)) return key;
  for (let n = 2; ; n++) if (!taken.has(`${key}_${n}`)) return `${key}_${n}`;
}
