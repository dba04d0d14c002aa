import { data } from '@remix-run/node';
import { typedMoney } from '#app/domain/billing/money.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { type FormAnswer, typed } from '#app/ui/form-answer.ts';

export interface Refusal extends FormAnswer {
  /** Which of the page's forms it was. */
  form?: string;
  /** What changed since the preview, a sentence each. */
  changes?: string[];
}

/** An expected refusal as the form's answer: the reason at its field, and what was typed. Anything else is thrown on. */
export function refusalOf(error: unknown, form: FormData, name?: string) {
  if (!isDomainError(error)) throw error;
  const { field, message, details } = error;
  const changes = (details as { changes?: string[] } | undefined)?.changes;
  const answer: Refusal = {
    values: typed(form),
    errors: field === undefined ? {} : { [field]: message },
    ...(field === undefined ? { message } : {}),
    ...(name === undefined ? {} : { form: name }),
    ...(changes === undefined ? {} : { changes }),
  };
  return data<Refusal>(answer, { status: statusOf(error) });
}

/** Refused before the domain was asked: the reasons by field. */
export function refusal(errors: Record<string, string>, form: FormData, name?: string) {
  const answer: Refusal = { values: typed(form), errors, ...(name === undefined ? {} : { form: name }) };
  return data<Refusal>(answer, { status: 400 });
}

export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** "12.50", or "12,50" as many write it, in minor units; undefined when it is no amount of this currency. */
export const moneyOf = (form: FormData, name: string, digits: number): bigint | undefined =>
  typedMoney(textOf(form, name), digits);

/** A file to save, never shown in place and never kept by anybody between. */
export function fileResponse(body: string | Uint8Array, { name, type }: { name: string; type: string }): Response {
  return new Response(body as BodyInit, {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
