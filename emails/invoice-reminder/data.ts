import { z } from 'zod';
import { day, envelope, line } from '../fields.ts';
import { calendarDay, money } from '../format.ts';
import type { MailWords } from '../words.ts';

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

export function view(data: z.output<typeof schema>, t: MailWords) {
  const open = money(BigInt(data.open), data.currency, data.locale);
  return {
    heading: data.subject,
    preview: t('preview', { open, number: data.number }),
    greeting: t('greeting', { name: data.recipient.name }),
    paragraphs: data.text.split('\n').filter((part) => part.trim() !== ''),
    action: t('action'),
    number: data.number,
    open,
    due: calendarDay(data.dueOn, data.locale),
    fee: data.fee === '0' ? '' : money(BigInt(data.fee), data.currency, data.locale),
    why: t('why_billed', { company: data.company.name }),
  };
}
