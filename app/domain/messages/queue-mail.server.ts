import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import type { MailData, MailTemplate } from '#emails/templates.ts';
import { preferencesUrl } from './unsubscribe-link.server.ts';

export type MailContext = Pick<DomainContext, 'config' | 'enqueue'>;

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
    /** A second mail with the same key is not queued: the same event told twice is one mail. */
    dedupeKey?: string;
  };
}[MailTemplate];

export interface Company {
  name: string;
  contact: string | null;
  locale: string;
  timezone: string;
}

/**
 * Writes the mail into the outbox and enqueues its sending, in the caller's transaction: the mail goes out if, and only
 * if, what it tells of is committed. Returns false where a mail with this `dedupeKey` is there already.
 */
export async function queueMail(trx: Kysely<DB>, ctx: MailContext, mail: QueuedMail): Promise<boolean> {
  return (await queueMails(trx, ctx, [mail])) === 1;
}

/** Like queueMail for many, and one job for each fifty. Returns how many were new. */
export async function queueMails(trx: Kysely<DB>, ctx: MailContext, mails: readonly QueuedMail[]): Promise<number> {
  if (mails.length === 0) return 0;
  const organisation = await trx.selectFrom('organisation').select(['name', 'email', 'locale', 'timezone']).executeTakeFirst();
  const company: Company = {
    name: organisation?.name ?? 'Lectern',
    contact: organisation?.email ?? null,
    locale: organisation?.locale ?? 'en',
    timezone: organisation?.timezone ?? 'UTC',
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
  if (mails.length === 0) return 0;
  const rows = mails.map((mail) => ({
    template: mail.template,
    to_address: mail.to.address,
    to_name: oneLine(mail.to.name),
    user_id: mail.userId ?? null,
    session_id: mail.sessionId ?? null,
    invoice_id: mail.invoiceId ?? null,
    dedupe_key: mail.dedupeKey ?? null,
    data: {
      ...mail.data,
      company: { name: oneLine(company.name), contact: company.contact },
      recipient: { name: oneLine(mail.to.name), address: mail.to.address },
      manage: preferencesUrl(ctx.config, { address: mail.to.address, template: mail.template }),
      locale: mail.data.locale ?? company.locale,
      zone: mail.data.zone ?? company.timezone,
    },
  }));
  const inserted = await sql<{ id: string }>`
    INSERT INTO mail_message (template, to_address, to_name, user_id, session_id, invoice_id, dedupe_key, data)
    SELECT template, to_address, to_name, user_id, session_id, invoice_id, dedupe_key,
      -- Where the writer didn't know the reader's own language: the account's at this address, else the record's.
      CASE WHEN data->>'locale' = ${company.locale} THEN data || jsonb_strip_nulls(jsonb_build_object('locale', own.locale)) ELSE data END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS mail (
      template text, to_address text, to_name text, user_id uuid, session_id uuid, invoice_id uuid,
      dedupe_key text, data jsonb)
    LEFT JOIN (
      SELECT DISTINCT ON (email) email, locale FROM (
        SELECT email, locale, 1 AS rank FROM users UNION ALL SELECT email, locale, 2 FROM client
        UNION ALL SELECT email, locale, 3 FROM student UNION ALL SELECT email, locale, 4 FROM tutor
      ) person WHERE email IS NOT NULL AND locale IS NOT NULL ORDER BY email, rank
    ) own ON own.email = mail.to_address::citext
    ON CONFLICT (dedupe_key) DO NOTHING
    RETURNING id`.execute(trx);
  const mailIds = inserted.rows.map((row) => row.id);
  for (let first = 0; first < mailIds.length; first += JOB_SIZE) {
    const part = mailIds.slice(first, first + JOB_SIZE);
    await ctx.enqueue(trx, { name: 'mail.send', data: { mailIds: part } });
  }
  return mailIds.length;
}

/** Names come as people typed them; a mail refuses what isn't one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();
}
