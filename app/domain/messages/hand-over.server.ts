import type { Kysely, Selectable } from 'kysely';
import type { DB, MailMessage } from '#db/types.ts';
import { MailRenderError } from '#emails/render.ts';
import { senderOf } from '#emails/sender.ts';
import { isMailTemplate, SECRET_TEMPLATES } from '#emails/templates.ts';
import { type MailTransport, MailTransportError } from '#emails/transport.ts';
import { attachmentsOf } from './mail-attachments.server.ts';
import type { MailOverrides } from './mail-overrides.server.ts';
import { isGivenUp, nextTry } from './mail-tries.ts';
import { renderForSending } from './render-for-sending.server.ts';
import type { WrittenRendering } from './render-written-mail.server.ts';
import type { SendContext } from './send-mail.server.ts';
import { unsubscribeHeaders } from './unsubscribe-link.server.ts';
import { whyWithheld } from './why-withheld.server.ts';

/** done: nothing more is to be done for it; later: it waits; unreachable: it waits, and so must all others. */
export type HandOver = 'done' | 'later' | 'unreachable';

/** Of a mail's data, what its head is made from. */
interface Written {
  company: { name: string; contact: string | null };
  /** Where answers go; else to the company. */
  replyTo?: string | null;
}

interface Sending {
  /** Undefined: mails are kept to be read. */
  transport: MailTransport | undefined;
  overrides: MailOverrides;
}

/**
 * Hands one mail of the outbox over to the mail server, on a connection that holds the mail's lock. What its reader doesn't
 * want, can't get or no longer needs is withheld, with the reason. Where a process ended between handing over and noting
 * that, or the connection broke just then, the mail may arrive twice, under the same Message-ID: `doubtful_at` says so.
 */
export async function handOver(
  db: Kysely<DB>,
  ctx: SendContext,
  { transport, overrides }: Sending,
  mailId: string,
): Promise<HandOver> {
  const row = await db
    .selectFrom('mailMessage')
    .selectAll()
    .where('id', '=', mailId)
    .where('status', 'in', ['queued', 'sending'])
    .executeTakeFirst();
  if (!row) return 'done';
  if (row.status === 'sending') {
    ctx.log.warn({ mailId }, 'a process ended while it sent this mail: it may arrive twice');
    await write(db, mailId, { doubtfulAt: ctx.clock() });
  }

  const withheld = await whyWithheld(db, row);
  if (withheld) {
    await write(db, mailId, { status: 'withheld', error: withheld, nextTryAt: null });
    return 'done';
  }
  let made: WrittenRendering;
  try {
    made = await renderForSending(ctx, overrides, row);
  } catch (error) {
    if (!(error instanceof MailRenderError)) throw error;
    return fail(db, ctx, mailId, error.message);
  }
  if (!transport) {
    await write(db, mailId, {
      status: 'captured',
      error: null,
      sentAt: ctx.clock(),
      nextTryAt: null,
      templateVersionId: made.templateVersionId,
    });
    return 'done';
  }
  return send(db, ctx, transport, row, made);
}

async function send(
  db: Kysely<DB>,
  ctx: SendContext,
  transport: MailTransport,
  row: Selectable<MailMessage>,
  { rendered, templateVersionId }: WrittenRendering,
): Promise<HandOver> {
  const attachments = await attachmentsOf(db, ctx, row);
  const attempts = row.attempts + 1;
  await write(db, row.id, { status: 'sending', attempts });
  const { company, replyTo } = row.data as unknown as Written;
  const answers = replyTo ?? company.contact;
  try {
    await transport.send({
      id: row.id,
      from: { name: company.name, address: senderOf(ctx.config.mailFrom).address },
      ...(answers ? { replyTo: { name: company.name, address: answers } } : {}),
      to: { name: row.toName, address: row.toAddress },
      rendered,
      attachments,
      ...(isMailTemplate(row.template)
        ? { headers: unsubscribeHeaders(ctx.config, { address: row.toAddress, template: row.template }) }
        : {}),
    });
  } catch (error) {
    if (!(error instanceof MailTransportError)) throw error;
    const now = ctx.clock();
    if (error.doubtful) await write(db, row.id, { doubtfulAt: now });
    if (error.permanent) return fail(db, ctx, row.id, error.message);
    if (isGivenUp(now, row.notBefore ?? row.createdAt)) return fail(db, ctx, row.id, `Given up. ${error.message}`);
    await write(db, row.id, { status: 'queued', error: error.message, nextTryAt: nextTry(now, attempts) });
    ctx.log.warn({ mailId: row.id, attempts, reason: error.message }, 'a mail could not be handed over yet');
    return error.unreachable ? 'unreachable' : 'later';
  }
  // The link in it opens an account: once it is out, only its reader holds it.
  const secret = isMailTemplate(row.template) && SECRET_TEMPLATES.includes(row.template);
  await write(db, row.id, {
    status: 'sent',
    error: null,
    sentAt: ctx.clock(),
    nextTryAt: null,
    templateVersionId,
    ...(secret ? { data: JSON.stringify({ company }) } : {}),
  });
  return 'done';
}

async function fail(db: Kysely<DB>, ctx: SendContext, mailId: string, reason: string): Promise<'done'> {
  ctx.log.error({ mailId, reason }, 'a mail can not be sent');
  await write(db, mailId, { status: 'failed', error: reason, nextTryAt: null });
  return 'done';
}

interface Outcome {
  status?: 'queued' | 'sending' | 'sent' | 'captured' | 'failed' | 'withheld';
  attempts?: number;
  error?: string | null;
  sentAt?: Date;
  nextTryAt?: Date | null;
  doubtfulAt?: Date;
  templateVersionId?: string | null;
  data?: string;
}

async function write(db: Kysely<DB>, mailId: string, outcome: Outcome): Promise<void> {
  await db.updateTable('mailMessage').set(outcome).where('id', '=', mailId).execute();
}
