import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import type { MailData, MailTemplate } from '#emails/templates.ts';
import { isSent, type MailAudience } from './mail-events.ts';
import { kindOf } from './mail-kinds.ts';
import { type MessageRules, readMessageRules } from './message-rules.ts';
import { quietAround } from './quiet-hours.ts';
import { preferencesUrl } from './unsubscribe-link.server.ts';

export type MailContext = Pick<DomainContext, 'config' | 'enqueue' | 'clock'>;

type Filled = 'company' | 'recipient' | 'locale' | 'zone' | 'manage';
type OwnData<T extends MailTemplate> = Omit<MailData<T>, Filled> & {
  locale?: string;
  zone?: string;
};

/** So many mails are sent well within the time a job may run. */
const JOB_SIZE = 50;

export type QueuedMail = {
  [T in MailTemplate]: {
    template: T;
    to: { name: string; address: string };
    /** What the template says beside the company and the reader, which are filled in. */
    data: OwnData<T>;
    userId?: string | null;
    sessionId?: string | null;
    invoiceId?: string | null;
    /** Whom of an event it is for, where the data don't say: a company may tell some and not others. */
    audience?: MailAudience;
    /** Not before this; else at once, or after the reader's quiet hours where it can wait. */
    notBefore?: Date | null;
    /** A second mail with the same key is not queued: the same event told twice is one mail. */
    dedupeKey?: string;
  };
}[MailTemplate];

export interface Company {
  name: string;
  contact: string | null;
  locale: string;
  timezone: string;
  /** What is set about mails: `organisation.messages`. */
  messages?: unknown;
}

/**
 * Writes the mail into the outbox and enqueues its sending, in the caller's transaction: the mail goes out if, and only
 * if, what it tells of is committed. What can wait is held back over the reader's quiet hours. Returns false where a mail
 * with this `dedupeKey` is there already, or where the company tells such readers nothing of this.
 */
export async function queueMail(trx: Kysely<DB>, ctx: MailContext, mail: QueuedMail): Promise<boolean> {
  return (await queueMails(trx, ctx, [mail])) === 1;
}

/** Like queueMail for many, and one job for each fifty. Returns how many were new. */
export async function queueMails(trx: Kysely<DB>, ctx: MailContext, mails: readonly QueuedMail[]): Promise<number> {
  if (mails.length === 0) return 0;
  const organisation = await trx
    .selectFrom('organisation')
    .select(['name', 'email', 'locale', 'timezone', 'messages'])
    .executeTakeFirst();
  const company: Company = {
    name: organisation?.name ?? 'Lectern',
    contact: organisation?.email ?? null,
    locale: organisation?.locale ?? 'en',
    timezone: organisation?.timezone ?? 'UTC',
    messages: organisation?.messages,
  };
  return writeMails(trx, ctx, company, mails);
}

/** The part after the company is known; two statements. */
export async function writeMails(
  trx: Kysely<DB>,
  ctx: MailContext,
  company: Company,
  mails: readonly QueuedMail[],
): Promise<number> {
  const rules = readMessageRules(company.messages);
  const sent = mails.filter((mail) => isSent(rules.not_sent, mail.template, mail.audience ?? audienceOf(mail.data)));
  if (sent.length === 0) return 0;
  const now = ctx.clock();
  const rows = sent.map((mail) => ({
    template: mail.template,
    to_address: mail.to.address,
    to_name: oneLine(mail.to.name),
    user_id: mail.userId ?? null,
    session_id: mail.sessionId ?? null,
    invoice_id: mail.invoiceId ?? null,
    dedupe_key: mail.dedupeKey ?? null,
    not_before: notBeforeOf(mail, mail.data.zone ?? company.timezone, rules, now),
    data: {
      ...mail.data,
      company: { name: oneLine(company.name), contact: company.contact },
      recipient: { name: oneLine(mail.to.name), address: mail.to.address },
      manage: preferencesUrl(ctx.config, { address: mail.to.address, template: mail.template }),
      locale: mail.data.locale ?? company.locale,
      zone: mail.data.zone ?? company.timezone,
    },
  }));
  const inserted = await sql<{ id: string; notBefore: Date | null; template: MailTemplate }>`
    INSERT INTO mail_message (template, to_address, to_name, user_id, session_id, invoice_id, dedupe_key, not_before, data)
    SELECT template, to_address, to_name, user_id, session_id, invoice_id, dedupe_key, not_before,
      -- Where the writer didn't know the reader's own language: the account's at this address, else the record's.
      CASE WHEN data->>'locale' = ${company.locale} THEN data || jsonb_strip_nulls(jsonb_build_object('locale', own.locale)) ELSE data END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS mail (
      template text, to_address text, to_name text, user_id uuid, session_id uuid, invoice_id uuid,
      dedupe_key text, not_before timestamptz, data jsonb)
    LEFT JOIN (
      SELECT DISTINCT ON (email) email, locale FROM (
        SELECT email, locale, 1 AS rank FROM users UNION ALL SELECT email, locale, 2 FROM client
        UNION ALL SELECT email, locale, 3 FROM student UNION ALL SELECT email, locale, 4 FROM tutor
      ) person WHERE email IS NOT NULL AND locale IS NOT NULL ORDER BY email, rank
    ) own ON own.email = mail.to_address::citext
    ON CONFLICT (dedupe_key) DO NOTHING
    RETURNING id, not_before, template`.execute(trx);
  await enqueueMails(trx, ctx, inserted.rows);
  return inserted.rows.length;
}

/**
 * Jobs for mails that are in the outbox, in pieces of fifty: those held back until the same minute together. Many at once, and
 * what can wait, keep to the pace.
 */
export async function enqueueMails(
  trx: Kysely<DB>,
  ctx: Pick<MailContext, 'enqueue'>,
  mails: readonly { id: string; notBefore: Date | null; template: string }[],
): Promise<void> {
  const many = mails.length > JOB_SIZE;
  const groups = new Map<string, { at: Date | null; paced: boolean; ids: string[] }>();
  for (const { id, notBefore, template } of mails) {
    const at = notBefore && new Date(Math.ceil(notBefore.getTime() / 60_000) * 60_000);
    const paced = many || !kindOf(template as MailTemplate).urgent;
    const key = `${at?.toISOString()}:${paced}`;
    const group = groups.get(key) ?? { at, paced, ids: [] };
    groups.set(key, group);
    group.ids.push(id);
  }
  for (const { at, paced, ids } of groups.values()) {
    for (let first = 0; first < ids.length; first += JOB_SIZE) {
      const data = { mailIds: ids.slice(first, first + JOB_SIZE), ...(paced ? { paced } : {}) };
      await ctx.enqueue(trx, { name: 'mail.send', data }, at ? { startAfter: at } : undefined);
    }
  }
}

const audienceOf = (data: object): string | undefined => ('audience' in data ? String(data.audience) : undefined);

function notBeforeOf(mail: QueuedMail, zone: string, rules: MessageRules, now: Date): Date | null {
  if (mail.notBefore !== undefined) return mail.notBefore;
  if (kindOf(mail.template).urgent) return null;
  return quietAround(now, zone, rules)?.to ?? null;
}

/** Names come as people typed them; a mail refuses what isn't one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();
}
