import { z } from 'zod';
import { envelope, instant } from '../fields.ts';
import { dayAndTime } from '../format.ts';
import type { MailWords } from '../words.ts';

export const schema = z.object({ ...envelope, expiresAt: instant });

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: '小林 さくら', address: 'sakura@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/reset/k3yOnlyForYou',
  expiresAt: '2026-11-24T17:00:00Z',
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const company = data.company.name;
  return {
    heading: t('heading'),
    preview: t('preview'),
    greeting: t('greeting', { name: data.recipient.name }),
    intro: t('intro', { company }),
    action: t('action'),
    once: t('once', { until: dayAndTime(new Date(data.expiresAt), data.zone, data.locale) }),
    subjectLine: t('subject_line', { company }),
    why: t('why', { company }),
  };
}
