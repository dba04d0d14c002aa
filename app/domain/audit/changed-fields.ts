/** Stands for a value that the log does not keep, because it is about a person. */
export const UNSAID = '·';

/**
 * The fields that differ, as they were and as they are. Of personal fields only the fact of the change is kept:
 * the log can't be edited, so what must be erasable never enters it.
 */
export function changedFields(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  personal: readonly string[] = [],
): { before: Record<string, unknown>; after: Record<string, unknown> } | undefined {
  const was: Record<string, unknown> = {};
  const is: Record<string, unknown> = {};
  for (const key of Object.keys(after)) {
    if (same(before[key], after[key])) continue;
    was[key] = personal.includes(key) ? UNSAID : (before[key] ?? null);
    is[key] = personal.includes(key) ? UNSAID : (after[key] ?? null);
  }
  return Object.keys(is).length === 0 ? undefined : { before: was, after: is };
}

const same = (a: unknown, b: unknown) => text(a) === text(b);

const text = (value: unknown) =>
  JSON.stringify(value ?? null, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));
