import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lintMail, type MailProblem } from '#emails/lint-mail.ts';
import type { MailOverride } from '#emails/override.ts';
import { addVersion, type NewVersion } from './add-version.server.ts';

/**
 * Keeps a mail as an administrator has written it, in one language; from then on it goes out so. Safe to repeat. Returns the
 * version that holds.
 * @throws DomainError invalid_value whose details are MailProblem[], conflict when somebody saved in between
 */
export async function saveMailTemplate(
  db: Kysely<DB>,
  actor: Actor,
  input: NewVersion & { texts: MailOverride },
): Promise<number> {
  const texts = tidied(input.texts);
  const problems: MailProblem[] = lintMail(input.template, texts);
  if (problems.length > 0) {
    const message =
      problems.length === 1 ? 'One thing has to be mended first.' : `${problems.length} things have to be mended first.`;
    throw new DomainError('invalid_value', message, { details: problems });
  }
  return inTransaction(db, (trx) => addVersion(trx, actor, { ...input, texts }));
}

/** A browser sends lines that end with two characters. */
export function tidied({ subject, body, plain }: MailOverride): MailOverride {
  const lines = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();
  return { subject: lines(subject).trim(), body: lines(body), plain: lines(plain) };
}
