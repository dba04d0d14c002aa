import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { dayAndTime } from '../format.ts';

/** A tutor's account at a meeting provider that has ended, lacks a permission, or soon ends: told to the tutor. */

export const schema = z.object({
  ...envelope,
  provider: line(),
  what: z.enum(['expired', 'scope_missing', 'ends_soon']),
  /** When it ends, where that is known. */
  endsAt: instant.nullable(),
  /** The next session that meets there. */
  nextAt: instant.nullable(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Łukasz Nowak', address: 'lukasz@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/tutor/settings',
  provider: 'Google Meet',
  what: 'expired',
  endsAt: null,
  nextAt: '2026-11-24T21:00:00Z',
};

export function view(data: z.output<typeof schema>) {
  const { provider, what, endsAt, nextAt, locale, zone } = data;
  const when = (at: string) => dayAndTime(new Date(at), zone, locale);
  const headings = {
    expired: `Connect ${provider} again`,
    scope_missing: `${provider} lacks a permission`,
    ends_soon: `Your connection to ${provider} soon ends`,
  };
  const intros = {
    expired: `Your connection to ${provider} has ended, so no new rooms can be made on your account.`,
    scope_missing: `${provider} was not allowed all that your sessions need. Connect it again and leave every box ticked.`,
    ends_soon: `It ends on ${endsAt ? when(endsAt) : 'one of the next days'}. Connecting it again takes a minute.`,
  };
  return {
    greeting: `Hello ${data.recipient.name},`,
    heading: headings[what],
    preview: intros[what],
    intro: intros[what],
    next: nextAt ? `Your next session that meets there is on ${when(nextAt)}.` : '',
    action: `Connect ${provider} again`,
    why: `You get this mail because you teach at ${data.company.name}.`,
  };
}
