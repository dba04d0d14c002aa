import { z } from 'zod';
import { envelope, line } from '../fields.ts';
import type { MailWords } from '../words.ts';

/** To the office: somebody sent a public form. */
export const schema = z.object({
  ...envelope,
  form: z.enum(['enquiry', 'application']),
  from: line(),
  /** Each student with what is asked for, or the subjects of a tutor. */
  lines: z.array(z.object({ who: line(), what: line() })).max(50),
  note: z.string().max(4000),
  /** Somebody here has the same address. */
  likelyKnown: z.boolean(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Meadowbrook Tutoring', address: 'office@meadowbrook.example' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/office/requests/0198c0de-0000-7000-8000-000000000001',
  form: 'enquiry',
  from: 'Hannah Whitfield',
  lines: [{ who: 'Oliver Whitfield', what: 'Algebra II' }],
  note: 'Oliver has a test in three weeks.',
  likelyKnown: true,
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const { form, from, lines, note, likelyKnown, company } = data;
  return {
    heading: t(`heading_${form}`, { from }),
    preview: lines.map(({ who, what }) => `${who}: ${what}`).join(', '),
    intro: t(`intro_${form}`),
    lines,
    note,
    knownNote: likelyKnown ? t('known') : '',
    action: t(`action_${form}`),
    why: t('why', { company: company.name }),
  };
}
