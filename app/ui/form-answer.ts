import type { z } from 'zod';

/** What an action answers when a form isn't right: the reason at each field, and what was typed. */
export interface FormAnswer {
  errors: Record<string, string>;
  values: Record<string, string>;
  /** What concerns no field, such as a limit. */
  message?: string;
}

export type FormResult<T> = { ok: true; value: T } | ({ ok: false } & FormAnswer);

/** Reads the fields of a form by their schema. Fields that hold a secret are never sent back to the page. */
export function readForm<T>(schema: z.ZodType<T>, form: FormData, lists: readonly string[] = []): FormResult<T> {
  const input: Record<string, unknown> = {};
  // In one go: asking a form for each of its fields takes the square of their number, and a sender chooses that.
  for (const [key, value] of form) if (!Object.hasOwn(input, key)) input[key] = value;
  for (const key of lists) input[key] = form.getAll(key);
  const parsed = schema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) errors[String(issue.path[0] ?? '')] ??= issue.message;
  return { ok: false, errors, values: typed(form) };
}

/** What was typed, to be shown again; without passwords. */
export function typed(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [key, value] of form) {
    if (typeof value === 'string' && !SECRET.has(key))
      values[key] = values[key] === undefined ? value : `${values[key]},${value}`;
  }
  return values;
}

const SECRET = new Set(['password', 'current', 'token']);
