import { currencyDigits, typedMoney } from '#app/domain/billing/money.ts';

/** The fields of a course's form as its schema wants them. An amount that is none stays text, which the schema refuses at its field. */
export function courseShape(input: Record<string, unknown>, form: FormData, currency: string): Record<string, unknown> {
  const typed = String(form.get('price') ?? '').trim();
  const price = typed === '' ? null : (typedMoney(typed, currencyDigits(currency)) ?? typed);
  return { ...input, price, inStorefront: form.get('inStorefront') === 'on' };
}
