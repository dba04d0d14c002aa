import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { readForm } from './form-answer.ts';
import { readRecord } from './record-form.server.ts';

const fields = new URLSearchParams('name=Ada&name=Bo&subject=a&subject=b&extra=1');
const schema = z.object({ name: z.string(), subject: z.array(z.string()) });

it.each([
  ['readForm', (form: FormData) => readForm(schema, form, ['subject'])],
  ['readRecord', (form: FormData) => readRecord(schema, form, { lists: ['subject'] })],
])('%s takes the first of a field and all of a list, and goes through the form once, however many fields it has', (_, read) => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  for (let n = 0; n < 1000; n++) form.append(`k${n}`, 'x');
  const get = vi.spyOn(form, 'get');
  const getAll = vi.spyOn(form, 'getAll');
  expect(read(form)).toEqual({ ok: true, value: { name: 'Ada', subject: ['a', 'b'] } });
  expect(get).not.toHaveBeenCalled();
  expect(getAll).toHaveBeenCalledTimes(1);
});
