import { z } from 'zod';

/**
 * What a mail service tells the endpoint for incoming mail, in one shape: ours, which anybody can write (docs/incoming-mail.md),
 * or what two known services send, turned into it.
 */

/** What no text of ours can hold is left out: a mail that can't be kept would be handed in again and again. */
const kept = (text: string) => text.toWellFormed().replaceAll(/[^\P{Cc}\n\r\t]/gu, '');

const addresses = z.union([z.string(), z.array(z.string())]).transform((to) => (typeof to === 'string' ? to.split(',') : to));

export const messageSchema = z.object({
  type: z.literal('message'),
  /** The mail's Message-ID: the same mail handed in twice is one. */
  id: z.string().max(1000).default(''),
  from: z.string().max(1000).transform(kept),
  to: addresses,
  text: z.string().max(2_000_000).default('').transform(kept),
  /** Written by a program: an absence, a receipt. */
  automatic: z.boolean().default(false),
});

export const bounceSchema = z.object({
  type: z.enum(['bounce', 'complaint']),
  /** Message-ID of the mail that came back. */
  mail: z.string().max(1000).default(''),
  address: z.string().max(1000).transform(kept),
  /** hard: there is no such mailbox; soft: it may work another time. */
  kind: z.enum(['hard', 'soft']).default('hard'),
  detail: z.string().max(10_000).default(''),
});

export const incomingSchema = z.union([messageSchema, bounceSchema]);
export type IncomingMessage = z.output<typeof messageSchema>;
export type IncomingBounce = z.output<typeof bounceSchema>;
export type Incoming = IncomingMessage | IncomingBounce;

/** The address of `Mary Quinn <mary@example.org>`, in small letters; empty where there is none. */
export function bareAddress(text: string): string {
  const inBrackets = /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text)?.[1];
  const address = (inBrackets ?? text).trim().toLowerCase();
  return /^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(address) ? address : '';
}

/** Heads of a mail that say nobody wrote it by hand (RFC 3834), so that two programs never answer each other. */
export function isAutomatic(heads: (name: string) => string | undefined): boolean {
  const submitted = heads('auto-submitted')?.trim().toLowerCase();
  if (submitted && submitted !== 'no') return true;
  if (/^(bulk|junk|auto_reply|list)$/i.test(heads('precedence')?.trim() ?? '')) return true;
  return ['x-autoreply', 'x-autorespond', 'x-auto-response-suppress', 'x-failed-recipients'].some(
    (name) => heads(name) !== undefined,
  );
}
