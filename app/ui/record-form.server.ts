import { data } from '@remix-run/node';
import type { z } from 'zod';
import { notFound } from '#app/auth/authorize.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import type { ChangedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import type { FormValues, RecordAnswer, RecordConflict } from './record-answer.ts';

type Input = Record<string, unknown>;

interface ReadOptions {
  /** Fields that can occur several times. */
  lists?: readonly string[];
  /** From the form's fields to the schema's shape, where they differ. */
  shape?: (input: Input) => Input;
}

export type Read<T> = { ok: true; value: T } | { ok: false; answer: RecordAnswer };

/** Reads a form by its schema. A name with dots is a path: `no_show.wait_percent`. */
export function readRecord<T>(schema: z.ZodType<T>, form: FormData, { lists = [], shape }: ReadOptions = {}): Read<T> {
  const input: Input = {};
  const seen = new Set(lists);
  for (const name of lists) put(input, name, form.getAll(name));
  // In one go: asking a form for each of its fields takes the square of their number, and a sender chooses that.
  for (const [name, value] of form) {
    if (!seen.has(name)) put(input, name, value);
    seen.add(name);
  }
  const parsed = schema.safeParse(shape ? shape(input) : input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) errors[fieldOf(issue.path, form, lists)] ??= issue.message;
  return { ok: false, answer: { errors, values: typedValues(form) } };
}

/** The longest part of the path that is a field of the form: an item of a list is the list's. */
function fieldOf(path: PropertyKey[], form: FormData, lists: readonly string[]): string {
  for (let length = path.length; length > 0; length--) {
    const name = path.slice(0, length).map(String).join('.');
    if (form.has(name) || lists.includes(name)) return name;
  }
  return path.map(String).join('.');
}

function put(target: Input, name: string, value: unknown): void {
  const path = name.split('.');
  if (path.some((part) => part === '__proto__' || part === 'constructor' || part === 'prototype')) return;
  let here = target;
  for (const part of path.slice(0, -1)) {
    const next = here[part];
    if (typeof next !== 'object' || next === null) here[part] = {};
    here = here[part] as Input;
  }
  here[path.at(-1) ?? name] = value;
}

/** All that was typed, to be shown again. */
export function typedValues(form: FormData): FormValues {
  const values: Record<string, string[]> = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string') continue;
    if (Object.hasOwn(values, name)) values[name]?.push(value);
    else values[name] = [value];
  }
  return values;
}

/** The answer to a form that its schema refused. */
export const refusedForm = (answer: RecordAnswer) => data(answer, { status: 400 });

/**
 * The answer to a use case that refused: the reason at its field, what was typed, and after somebody else's change
 * what is saved now (`saved` reads it). What is no DomainError is thrown on.
 */
export async function refusedRecord(error: unknown, form: FormData, saved?: () => Promise<FormValues>) {
  if (!isDomainError(error)) throw error;
  if (error.code === 'not_found') throw notFound();
  const answer: RecordAnswer = { errors: error.field ? { [error.field]: error.message } : {}, values: typedValues(form) };
  if (!error.field) answer.message = error.message;
  if (error.code === 'conflict' && saved && isChange(error.details))
    answer.conflict = await conflictOf(error.details, answer.values, saved);
  return data(answer, { status: statusOf(error) });
}

async function conflictOf(
  change: ChangedMeanwhile,
  typed: FormValues,
  saved: () => Promise<FormValues>,
): Promise<RecordConflict> {
  const now = await saved();
  const differs = Object.entries(now)
    .map(([name, values]) => ({ name, saved: values.join(', '), typed: (typed[name] ?? []).join(', ') }))
    .filter((field) => field.saved.trim() !== field.typed.trim() && field.name !== 'version')
    .map(({ name, saved }) => ({ name, saved }));
  return { ...change, differs };
}

const isChange = (details: unknown): details is ChangedMeanwhile =>
  typeof details === 'object' && details !== null && 'version' in details;

export interface Told {
  message: string;
}

/** The answer of a button without fields (archive, invite): the reason, shown on top of the page. */
export function refusedAction(error: unknown) {
  if (!isDomainError(error)) throw error;
  if (error.code === 'not_found') throw notFound();
  return data<Told>({ message: error.message }, { status: statusOf(error) });
}
