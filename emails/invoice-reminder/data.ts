import { z } from 'zod';
import { day, envelope, line } from '../fields.ts';
import { calendarDay, money } from '../format.ts';

const digits = z.string().regex(/^\d+$/);

/** An invoice that is not paid; the words are the company's own. */
export const schema = z.object({
  ...envelope,
  subject: line(200),
  /** Paragraphs with line breaks between them. */
  text: z.string().max(4000),
  number: line(60),
  /** Minor units, as strings of digits; a fee of 0 is not spoken of. */
  open: digits,
  fee: digits,
  currency: z.string().regex(/^[A-Z]{3}$/),
  dueOn: day,
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łucja Žižek', address: 'lucja@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/pay/abc',
  subject: 'Invoice INV-00012 is waiting',
  text: 'Perhaps it slipped through: $240.00 is still open.\nIf you have paid in the last days, thank you.',
  number: 'INV-00012',
  open: '24000',
  fee: '500',
  currency: 'USD',
  dueOn: '2026-11-15',
};

export function view(data: z.output<typeof schema>) {
  const open = money(BigInt(data.open), data.currency, data.locale);
  return {
    heading: data.subject,
    preview: `${open} of ${data.number}.`,
    greeting: `Hello ${data.recipient.name},`,
    paragraphs: data.text.split('\n').filter((part) => part.trim() !== ''),
    action: 'See the invoice, and pay',
    number: data.number,
    open,
    due: calendarDay(data.dueOn, data.locale),
    fee: data.fee === '0' ? '' : money(BigInt(data.fee), data.currency, data.locale),
    why: `You get this mail because lessons at ${data.company.name} are billed to you.`,
  };
}
