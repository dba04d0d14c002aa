import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { dayAndTime } from '../format.ts';
import type { MailWords } from '../words.ts';

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

const KEYS = { expired: 'expired', scope_missing: 'scope', ends_soon: 'soon' } as const;

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { provider, what, endsAt, nextAt, locale, zone } = data;
  const at = (instant: string) => dayAndTime(new Date(instant), zone, locale);
  const intro = t(`intro_${KEYS[what]}`, { provider, when: endsAt ? at(endsAt) : t('soon') });
  return {
    greeting: t('greeting', { name: data.recipient.name }),
    heading: t(`heading_${KEYS[what]}`, { provider }),
    preview: intro,
    intro,
    next: nextAt ? t('next', { when: at(nextAt) }) : '',
    action: t('action', { provider }),
    why: t('why_teach', { company: data.company.name }),
  };
}
