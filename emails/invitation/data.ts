import { z } from 'zod';
import { envelope, instant, line } from '../fields.ts';
import { dayAndTime } from '../format.ts';
import type { MailWords } from '../words.ts';

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

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { inviter, role } = data;
  const company = data.company.name;
  return {
    heading: t('heading', { company }),
    preview: t('preview', { role }),
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t('intro', { inviter, company, role }),
    action: t('action'),
    once: t('once', { until: dayAndTime(new Date(data.expiresAt), data.zone, data.locale) }),
    subjectLine: t('subject_line', { inviter, company }),
    why: t('why', { company }),
  };
}
