import type { z } from 'zod';
import { instant } from '../fields.ts';
import { dayAndTime } from '../format.ts';
import * as started from '../session-started/data.ts';
import type { MailWords } from '../words.ts';

/** The same to somebody without an account: `link` makes one on the way into the room. */
export const schema = started.schema.extend({ expiresAt: instant });
export type InvitedData = z.output<typeof schema>;

export const example: z.input<typeof schema> = {
  ...started.example,
  audience: 'student',
  recipient: { name: 'Oliver Whitfield', address: 'oliver@example.org' },
  link: 'https://lectern.example/invite/k3yOnlyForYou?to=%2Fsessions%2F0198%2Fjoin',
  expiresAt: '2026-12-01T17:00:00Z',
};

export function view(data: InvitedData, t: MailWords) {
  const until = dayAndTime(new Date(data.expiresAt), data.zone, data.locale);
  return { ...started.view(data, t), accountNote: t('account_note', { company: data.company.name, until }) };
}

export const calendar = started.calendar;
