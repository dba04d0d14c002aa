import { z } from 'zod';
import { address, envelope, instant, line } from '../fields.ts';
import { shortWhen } from '../format.ts';
import type { MailWords } from '../words.ts';

/** What tutor and family of a student wrote to each other, for the other side; several messages of some minutes in one mail. */

/** Most messages in one mail; those before are on the page. */
export const MOST_MESSAGES = 10;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this field refuses, but for line ends
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f\u0085\u2028\u2029]/;

export const schema = z.object({
  ...envelope,
  student: line(),
  messages: z
    .array(
      z.object({
        /** Null: the office. */
        author: line().nullable(),
        at: instant,
        text: z
          .string()
          .max(10_000)
          .refine((value) => !CONTROL.test(value), 'must be text without control characters'),
      }),
    )
    .min(1)
    .max(MOST_MESSAGES),
  /** How many there are that this mail has no room for. */
  more: z.int().min(0),
  /** Where an answer by mail goes; null: it is given on the page. */
  replyTo: address.nullable(),
});

export const example: z.input<typeof schema> = {
  company: { name: 'Meadowbrook Tutoring', contact: 'office@meadowbrook.example' },
  recipient: { name: 'Hannah Whitfield', address: 'hannah@example.org' },
  locale: 'en-US',
  zone: 'America/New_York',
  link: 'https://lectern.example/family/messages/1',
  student: 'Mei Whitfield',
  messages: [
    {
      author: 'Łukasz Nowak',
      at: '2026-11-24T21:00:00Z',
      text: 'Mei did well today.\n\nCould she bring her geometry set on Tuesday?',
    },
  ],
  more: 0,
  replyTo: 'reply+0123456789@reply.meadowbrook.example',
};

export function view(data: z.output<typeof schema>, t: MailWords) {
  const messages = data.messages.map(({ author, at, text }) => ({
    author: author ?? data.company.name,
    when: shortWhen(new Date(at), data.zone, data.locale),
    lines: text.split('\n'),
  }));
  const authors = [...new Set(messages.map((message) => message.author))];
  const names = new Intl.ListFormat(data.locale, { type: 'conjunction' }).format(authors);
  return {
    heading: t('heading', { names, count: authors.length }),
    about: t('subject', { names, count: authors.length, student: data.student }),
    preview: data.messages[0]?.text.replaceAll(/\s+/g, ' ').slice(0, 140) ?? '',
    greeting: t('greeting', { name: data.recipient.name }),
    student: data.student,
    messages,
    more: data.more > 0 ? t('more', { count: data.more }) : '',
    how: data.replyTo ? t('answer_mail') : t('answer_page'),
    action: t('action'),
    why: t('why', { company: data.company.name, student: data.student }),
  };
}
