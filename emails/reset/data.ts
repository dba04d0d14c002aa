import { z } from 'zod';
import { envelope, instant } from '../fields.ts';
import { dayAndTime } from '../format.ts';

export const schema = z.object({ ...envelope, expiresAt: instant });

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: '小林 さくら', address: 'sakura@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/reset/k3yOnlyForYou',
  expiresAt: '2026-11-24T17:00:00Z',
};

export function view(data: z.output<typeof schema>) {
  return {
    heading: 'Choose a new password',
    preview: 'The link works once, and not for long.',
    greeting: `Hello ${data.recipient.name},`,
    intro: `Someone, most likely you, asked for a new password for your account at ${data.company.name}.`,
    action: 'Choose a new password',
    until: dayAndTime(new Date(data.expiresAt), data.zone, data.locale),
    why: `You get this mail because a new password was asked for at ${data.company.name}.`,
  };
}
