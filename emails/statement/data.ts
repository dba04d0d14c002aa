import { z } from 'zod';
import { day, envelope } from '../fields.ts';
import { calendarDay, money } from '../format.ts';

export const schema = z.object({
  ...envelope,
  /** Whose statement is attached. */
  clientId: z.uuid(),
  /** Half-open: `to` is the first day that is not in it. */
  from: day,
  to: day,
  /** Owed at the end, minor units, as a string of digits; below 0: paid ahead. */
  closing: z.string().regex(/^-?\d+$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łucja Žižek', address: 'lucja@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/statement',
  clientId: '01936f2e-1111-7000-8000-000000000001',
  from: '2026-11-01',
  to: '2026-12-01',
  closing: '24000',
  currency: 'USD',
};

export function view(data: z.output<typeof schema>) {
  const last = new Date(Date.parse(`${data.to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const period = `${calendarDay(data.from, data.locale)} – ${calendarDay(last, data.locale)}`;
  const closing = BigInt(data.closing);
  const amount = money(closing < 0n ? -closing : closing, data.currency, data.locale);
  const state = closing > 0n ? 'To be paid' : closing < 0n ? 'Paid ahead' : 'All is paid';
  return {
    heading: 'Your statement',
    preview: closing === 0n ? `${state}.` : `${state}: ${amount}.`,
    greeting: `Hello ${data.recipient.name},`,
    intro: `Here is all that was invoiced and paid from ${calendarDay(data.from, data.locale)} to ${calendarDay(last, data.locale)}.`,
    action: 'See the statement',
    period,
    state,
    amount: closing === 0n ? '' : amount,
    why: `You get this mail because lessons at ${data.company.name} are billed to you.`,
  };
}
