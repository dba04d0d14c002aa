import { z } from 'zod';
import { day, envelope } from '../fields.ts';
import { calendarDay, money } from '../format.ts';

/** An invoice run waits for an administrator: to be confirmed by a second person, or prepared by a schedule. */

export const schema = z.object({
  ...envelope,
  why: z.enum(['second_person', 'schedule', 'blocked']),
  from: day,
  /** Half-open: the first day that is not in it. */
  to: day,
  families: z.int().nonnegative(),
  /** Minor units, as a string of digits. */
  total: z.string().regex(/^-?\d+$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Places that can't be billed yet. */
  blocked: z.int().nonnegative(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'billing@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/office/invoice-runs/proposals/0198',
  why: 'second_person',
  from: '2026-10-01',
  to: '2026-11-01',
  families: 42,
  total: '1233499',
  currency: 'USD',
  blocked: 0,
};

const headings = {
  second_person: 'Invoices wait for you to confirm',
  schedule: 'Invoices are prepared',
  blocked: 'Invoices could not be issued by themselves',
};

export function view(data: z.output<typeof schema>) {
  const last = new Date(`${data.to}T00:00:00Z`);
  last.setUTCDate(last.getUTCDate() - 1);
  const period = `${calendarDay(data.from, data.locale)} – ${calendarDay(last.toISOString().slice(0, 10), data.locale)}`;
  const run = `${data.families} ${data.families === 1 ? 'invoice' : 'invoices'} of ${money(BigInt(data.total), data.currency, data.locale)} for ${period}`;
  const places = `${data.blocked} ${data.blocked === 1 ? 'place is' : 'places are'}`;
  const intros = {
    second_person: `Somebody has put together ${run}. Look at them, then confirm or send them back.`,
    schedule: `By its schedule, ${run} can be issued${data.blocked > 0 ? `; ${places} not ready yet` : ''}. Look at them and confirm.`,
    blocked: `By its schedule, ${run} would have been issued, but ${places} not ready: not closed out, not approved or without a rate.`,
  };
  return {
    heading: headings[data.why],
    preview: run,
    greeting: `Hello ${data.recipient.name},`,
    intro: intros[data.why],
    action: 'See the invoices',
    why: `You get this mail because you are an administrator at ${data.company.name}.`,
  };
}
