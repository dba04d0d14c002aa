import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { type QueuedMail, queueMail } from '#app/domain/messages/queue-mail.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lintMail } from '#emails/lint-mail.ts';
import { mailTemplates } from '#emails/templates.ts';
import type { PreviewInput } from './preview-mail.server.ts';
import { findExampleData } from './queries.server.ts';
import { tidied } from './save-mail-template.server.ts';

export interface TestReader {
  id: string;
  name: string;
  email: string;
  timezone: string | null;
}

/**
 * Sends the mail as it is typed now to whoever types it, through the outbox as any other; its link leads back to where it is
 * edited. At once, also at night: somebody sits and waits for it. The same texts sent twice within a minute are one mail.
 * @throws DomainError invalid_value for texts that no mail can be made of; its details are MailProblem[]
 */
export async function sendTestMail(
  db: Kysely<DB>,
  ctx: DomainContext,
  reader: TestReader,
  { template, locale, texts, mailId }: PreviewInput,
): Promise<void> {
  const trial = tidied(texts);
  const problems = lintMail(template, trial);
  if (problems.length > 0) {
    throw new DomainError('invalid_value', 'No mail can be made of it yet.', { details: problems });
  }
  const real = mailId ? await findExampleData(db, template, mailId) : undefined;
  const digest = createHash('sha256')
    .update(JSON.stringify([trial, mailId]))
    .digest('base64url')
    .slice(0, 22);
  const minute = Math.floor(ctx.clock().getTime() / 60_000);
  const mail = {
    template,
    to: { name: reader.name, address: reader.email },
    userId: reader.id,
    notBefore: null,
    dedupeKey: `trial:${reader.id}:${template}:${locale}:${digest}:${minute}`,
    data: {
      ...mailTemplates[template].example,
      ...(real as object | undefined),
      locale,
      ...(reader.timezone ? { zone: reader.timezone } : {}),
      link: `${ctx.config.origin}/office/settings/emails/${template}?locale=${encodeURIComponent(locale)}`,
      trial,
    },
  };
  await inTransaction(db, (trx) => queueMail(trx, ctx, mail as unknown as QueuedMail));
}
