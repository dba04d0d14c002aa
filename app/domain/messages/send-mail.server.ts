import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import type { JobData } from '#app/jobs/job-types.ts';
import type { DB } from '#db/types.ts';
import { MailRenderError } from '#emails/render.ts';
import { senderOf } from '#emails/sender.ts';
import { isMailTemplate, SECRET_TEMPLATES } from '#emails/templates.ts';
import { type MailTransport, MailTransportError, smtpTransport } from '#emails/transport.ts';
import { attachmentsOf } from './mail-attachments.server.ts';
import { getMailOverrides, type MailOverrides } from './mail-overrides.server.ts';
import { renderForSending } from './render-for-sending.server.ts';
import type { WrittenRendering } from './render-written-mail.server.ts';

export type SendContext = Pick<AppContext, 'db' | 'config' | 'clock' | 'log' | 'plugins'>;

/**
 * Sends what waits in the outbox; the handler of the job `mail.send`. A mail that was sent is never sent again. A
 * refusal for good is written to the mail's row; where the server can't be reached or says "later", the row keeps the
 * reason and the call throws once all mails were tried, so that the queue comes back. Without SMTP outside production a
 * mail is kept for the page of sent mails instead.
 */
export async function sendMail(ctx: SendContext, { mailIds }: JobData<'mail.send'>): Promise<void> {
  const transport = ctx.config.smtpUrl ? smtpTransport(ctx.config.smtpUrl, new URL(ctx.config.origin).hostname) : undefined;
  const overrides = await getMailOverrides(ctx.db);
  const later: Error[] = [];
  for (const mailId of mailIds) {
    try {
      await alone(ctx.db, mailId, (db) => sendOne(db, ctx, { transport, overrides }, mailId));
    } catch (error) {
      later.push(error as Error);
    }
  }
  if (later.length > 0) {
    throw new Error(`${later.length} of ${mailIds.length} mails could not be sent yet: ${later[0]?.message}`, {
      cause: later[0],
    });
  }
}

/** Of a mail's data, what its head is made from. */
interface Written {
  company: { name: string; contact: string | null };
  /** Where answers go; else to the company. */
  replyTo?: string | null;
}

interface Sending {
  transport: MailTransport | undefined;
  overrides: MailOverrides;
}

async function sendOne(db: Kysely<DB>, ctx: SendContext, { transport, overrides }: Sending, mailId: string): Promise<void> {
  const row = await db
    .selectFrom('mailMessage')
    .selectAll()
    .where('id', '=', mailId)
    .where('status', 'in', ['queued', 'sending'])
    .executeTakeFirst();
  if (!row) return;
  if (row.status === 'sending') {
    ctx.log.warn({ mailId }, 'a process ended while it sent this mail: it may arrive twice');
  }

  let made: WrittenRendering;
  try {
    made = await renderForSending(ctx, overrides, row);
  } catch (error) {
    if (!(error instanceof MailRenderError)) throw error;
    return fail(db, ctx, mailId, error.message);
  }
  const { rendered, templateVersionId } = made;
  if (!transport) {
    await write(db, mailId, { status: 'captured', error: null, sentAt: ctx.clock(), templateVersionId });
    return;
  }

  await write(db, mailId, { status: 'sending', attempts: row.attempts + 1 });
  const attachments = await attachmentsOf(db, ctx, row);
  const { company, replyTo } = row.data as unknown as Written;
  const answers = replyTo ?? company.contact;
  try {
    await transport.send({
      id: mailId,
      from: { name: company.name, address: senderOf(ctx.config.mailFrom).address },
      ...(answers ? { replyTo: { name: company.name, address: answers } } : {}),
      to: { name: row.toName, address: row.toAddress },
      rendered,
      attachments,
    });
  } catch (error) {
    if (!(error instanceof MailTransportError)) throw error;
    if (error.permanent) return fail(db, ctx, mailId, error.message);
    await write(db, mailId, { status: 'queued', error: error.message });
    throw error;
  }
  // The link in it opens an account: once it is out, only its reader holds it.
  const secret = isMailTemplate(row.template) && SECRET_TEMPLATES.includes(row.template);
  await write(db, mailId, {
    status: 'sent',
    error: null,
    sentAt: ctx.clock(),
    templateVersionId,
    ...(secret ? { data: JSON.stringify({ company }) } : {}),
  });
}

async function fail(db: Kysely<DB>, ctx: SendContext, mailId: string, reason: string): Promise<void> {
  ctx.log.error({ mailId, reason }, 'a mail can not be sent');
  await write(db, mailId, { status: 'failed', error: reason });
}

interface Outcome {
  status: 'queued' | 'sending' | 'sent' | 'captured' | 'failed';
  attempts?: number;
  error?: string | null;
  sentAt?: Date;
  templateVersionId?: string | null;
  data?: string;
}

async function write(db: Kysely<DB>, mailId: string, outcome: Outcome): Promise<void> {
  await db.updateTable('mailMessage').set(outcome).where('id', '=', mailId).execute();
}

/** One process at a time per mail. The lock ends with the connection, so that a crash never blocks the mail. */
async function alone(db: Kysely<DB>, mailId: string, work: (db: Kysely<DB>) => Promise<void>): Promise<void> {
  await db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${`mail:${mailId}`}, 0)`;
    const { rows } = await sql<{ got: boolean }>`SELECT pg_try_advisory_lock(${key}) AS got`.execute(connection);
    if (!rows[0]?.got) return;
    try {
      await work(connection);
    } finally {
      await sql`SELECT pg_advisory_unlock(${key})`.execute(connection);
    }
  });
}
