import { z } from 'zod';
import { envelope, line } from '../fields.ts';
import type { MailWords } from '../words.ts';

/**
 * To whoever sent the enquiry or the application form. The page says the same to all; only here, to the owner of the
 * address, it says more. Nothing that was typed freely is in it: anybody can give anybody's address.
 */
export const schema = z.object({
  ...envelope,
  form: z.enum(['enquiry', 'application']),
  /** Whether the address signs in here already. */
  known: z.boolean(),
  /** Each student with what is asked for, or the subjects of a tutor. */
  lines: z.array(z.object({ who: line(), what: line() })).max(50),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/login?to=%2Ffamily',
  form: 'enquiry',
  known: true,
  lines: [{ who: 'Oliver Whitfield', what: 'Algebra II' }],
};

export function view({ form, known, lines, company: { name: company }, recipient }: z.output<typeof schema>, t: MailWords) {
  return {
    heading: t(`heading_${form}`),
    preview: t('preview', { company }),
    greeting: t('greeting', { name: recipient.name }),
    intro: t(`intro_${form}`, { company }),
    lines,
    knownNote: known ? t(`known_${form}`, { company }) : '',
    action: known ? t('action_known') : form === 'enquiry' ? t('action_enquiry') : '',
    why: t('why', { company }),
  };
}
