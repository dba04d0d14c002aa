import { z } from 'zod';
import { day, envelope } from '../fields.ts';
import { calendarDay, money } from '../format.ts';

/** To a tutor whose pay is approved, or paid. */
export const schema = z.object({
  ...envelope,
  /** Half-open: `to` is the first day that is not in it. */
  from: day,
  to: day,
  /** Minor units, as a string of digits. */
  total: z.string().regex(/^-?\d+$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** The day the money went out; null: it is approved, not paid. */
  paidOn: day.nullable(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łukasz Nowak', address: 'lukasz@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/tutor/pay/0198',
  from: '2026-10-01',
  to: '2026-11-01',
  total: '56826',
  currency: 'USD',
  paidOn: null,
};

export function view(data: z.output<typeof schema>) {
  const last = new Date(`${data.to}T00:00:00Z`);
  last.setUTCDate(last.getUTCDate() - 1);
  const period = `${calendarDay(data.from, data.locale)} – ${calendarDay(last.toISOString().slice(0, 10), data.locale)}`;
  const total = money(BigInt(data.total), data.currency, data.locale);
  const paid = data.paidOn === null ? '' : calendarDay(data.paidOn, data.locale);
  return {
    heading: 'Your pay statement',
    preview: `${total} for ${period}.`,
    greeting: `Hello ${data.recipient.name},`,
    intro: paid ? `Your pay for ${period} was paid on ${paid}.` : `Your pay for ${period} is approved.`,
    action: 'See the statement',
    period,
    total,
    paid,
    why: `You get this mail because you are paid by ${data.company.name}.`,
  };
}
