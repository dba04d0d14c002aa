import { z } from 'zod';
import { day, envelope, line } from '../fields.ts';
import { calendarDay, money } from '../format.ts';

export const schema = z.object({
  ...envelope,
  number: line(60),
  /** Half-open: `to` is the first day that is not in it. */
  from: day,
  to: day,
  /** Minor units, as a string of digits. */
  total: z.string().regex(/^-?\d+$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  dueOn: day.nullable(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'billing@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/invoices/0198',
  number: 'MB-2026-0042',
  from: '2026-10-01',
  to: '2026-11-01',
  total: '33499',
  currency: 'USD',
  dueOn: '2026-11-15',
};

export function view(data: z.output<typeof schema>) {
  const last = new Date(`${data.to}T00:00:00Z`);
  last.setUTCDate(last.getUTCDate() - 1);
  const lastDay = last.toISOString().slice(0, 10);
  const period = `${calendarDay(data.from, data.locale)} – ${calendarDay(lastDay, data.locale)}`;
  const total = money(BigInt(data.total), data.currency, data.locale);
  return {
    heading: `Invoice ${data.number}`,
    preview: `${total} for ${period}.`,
    greeting: `Hello ${data.recipient.name},`,
    intro: `Here is your invoice for the lessons of ${period}.`,
    action: 'See the invoice',
    number: data.number,
    period,
    total,
    due: data.dueOn === null ? '' : calendarDay(data.dueOn, data.locale),
    why: `You get this mail because lessons at ${data.company.name} are billed to you.`,
  };
}
