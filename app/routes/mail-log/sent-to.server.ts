import type { AppLoadContext } from '@remix-run/node';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { listMailLog } from '#app/domain/messages/mail-log-queries.server.ts';
import { findReaderOfPerson } from '#app/domain/messages/preference-queries.server.ts';
import type { ReaderRole } from '#app/domain/messages/preferences.ts';

const SHOWN = 5;

/** The last mails to somebody, for their page; null for who may not read mails, or where there is no address. */
export async function mailsSentTo({ db }: AppLoadContext, user: SignedInUser, of: { type: ReaderRole; id: string }) {
  if (!can(user, 'mails.read')) return null;
  const { addresses } = await findReaderOfPerson(db, of);
  if (addresses.length === 0) return null;
  const mails = await listMailLog(db, { of: { addresses, userId: null }, limit: SHOWN + 1 });
  return { address: addresses[0] ?? '', mails: mails.slice(0, SHOWN), more: mails.length > SHOWN };
}

export type SentTo = Awaited<ReturnType<typeof mailsSentTo>>;
