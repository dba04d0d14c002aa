import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { dayAndTime } from '../format.ts';

export const schema = z.object({
  ...envelope,
  /** Who invites; the company where nobody does by name. */
  inviter: line(),
  /** What the reader will be, in words: "a tutor", "a client", "an administrator". */
  role: line(60),
  expiresAt: instant,
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łukasz Nowak', address: 'lukasz@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/invite/k3yOnlyForYou',
  inviter: 'Grace Odell',
  role: 'a tutor',
  expiresAt: '2026-12-01T17:00:00Z',
};

export function view(data: z.output<typeof schema>) {
  return {
    heading: `Welcome to ${data.company.name}`,
    preview: `Choose a password to begin as ${data.role}.`,
    greeting: `Hello ${data.recipient.name},`,
    intro: `${data.inviter} has made an account for you at ${data.company.name}, as ${data.role}. Choose a password, and you are in.`,
    action: 'Accept the invitation',
    until: dayAndTime(new Date(data.expiresAt), data.zone, data.locale),
    why: `You get this mail because someone at ${data.company.name} entered your address.`,
    inviter: data.inviter,
  };
}
