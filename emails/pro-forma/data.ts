import { z } from 'zod';
import { day, envelope } from '../fields.ts';
import { calendarDay, money } from '../format.ts';

export const schema = z.object({
  ...envelope,
  /** Whose planned lessons are attached. */
  clientId: z.uuid(),
  /** Half-open: `to` is the first day that is not in it. */
  from: day,
  to: day,
  lessons: z.int().min(1),
  /** With tax, minor units, as a string of digits. */
  total: z.string().regex(/^-?\d+$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łucja Žižek', address: 'lucja@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/sessions',
  clientId: '01936f2e-1111-7000-8000-000000000001',
  from: '2026-12-01',
  to: '2027-01-01',
  lessons: 8,
  total: '48000',
  currency: 'USD',
};

export function view(data: z.output<typeof schema>) {
  const last = new Date(Date.parse(`${data.to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const first = calendarDay(data.from, data.locale);
  const until = calendarDay(last, data.locale);
  const total = money(BigInt(data.total), data.currency, data.locale);
  return {
    heading: 'What is planned, and what it will cost',
    preview: `${total} from ${first} to ${until}.`,
    greeting: `Hello ${data.recipient.name},`,
    intro: `This is no invoice yet: it says what the lessons planned from ${first} to ${until} will cost if they take place as planned.`,
    action: 'See the lessons',
    period: `${first} – ${until}`,
    lessons: String(data.lessons),
    total,
    why: `You get this mail because lessons at ${data.company.name} are billed to you.`,
  };
}
