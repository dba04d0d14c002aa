import { z } from 'zod';
import { envelope, line } from '../fields.ts';

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

export function view({ form, known, lines, company, recipient }: z.output<typeof schema>) {
  const enquiry = form === 'enquiry';
  return {
    heading: enquiry ? 'We have got your enquiry' : 'We have got your application',
    preview: `${company.name} looks at it and writes to you.`,
    greeting: `Hello ${recipient.name},`,
    intro: enquiry
      ? `Thank you for asking. ${company.name} looks for somebody who fits, and writes to you. Nothing is booked or charged before.`
      : `Thank you for applying. ${company.name} looks at what you sent, and writes to you.`,
    lines,
    knownNote: known
      ? enquiry
        ? `You have an account at ${company.name} already, with this address. This was sent without signing in, so it is not in your account yet: the office puts the two together. If it was not you, tell us, and we take it out.`
        : `Somebody signs in at ${company.name} with this address already. The office puts the two together. If it was not you who applied, tell us, and we take it out.`
      : '',
    action: known ? 'Sign in' : enquiry ? 'Ask for somebody else, too' : '',
    why: `You get this mail because this address was given in a form of ${company.name}.`,
  };
}
