import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import type { DB } from '#db/types.ts';
import { MAIL_STATES, type MailState } from './mail-states.ts';

export interface MailLine {
  id: string;
  template: string;
  toName: string;
  toAddress: string;
  status: string;
  error: string | null;
  attempts: number;
  createdAt: Date;
  sentAt: Date | null;
  /** Of one that waits: when it is tried; null: any moment now. */
  nextAt: Date | null;
  doubtfulAt: Date | null;
  sessionId: string | null;
  invoiceId: string | null;
  resendOf: string | null;
}

export interface MailFilter {
  state?: MailState | undefined;
  /** Part of a name or an address. */
  person?: string | undefined;
  template?: string | undefined;
  sessionId?: string | undefined;
  /** Whoever has one of these addresses or this account. */
  of?: { addresses: readonly string[]; userId: string | null } | undefined;
  /** Local dates in `zone`, half-open. */
  from?: string | undefined;
  to?: string | undefined;
  zone?: string;
  /** Written before this mail: the page after. */
  beforeId?: string | undefined;
  limit?: number;
}

/** What went out or is to, the newest first. */
export async function listMailLog(db: Kysely<DB>, filter: MailFilter): Promise<MailLine[]> {
  const zone = filter.zone ?? 'UTC';
  const midnight = (date: string) => sql<Date>`(${date}::date::timestamp at time zone ${zone})`;
  let query = lines(db)
    .orderBy('mailMessage.createdAt', 'desc')
    .orderBy('mailMessage.id', 'desc')
    .limit(filter.limit ?? 50);
  if (filter.state) query = query.where(sql<boolean>`${sql.raw(MAIL_STATES[filter.state].is)}`);
  if (filter.template) query = query.where('template', '=', filter.template);
  if (filter.sessionId) query = query.where('sessionId', '=', filter.sessionId);
  if (filter.person) {
    const part = `%${filter.person.replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) => eb.or([eb('toAddress', 'ilike', part), eb('toName', 'ilike', part)]));
  }
  if (filter.of) {
    const { addresses, userId } = filter.of;
    const lower = addresses.map((address) => address.toLowerCase());
    query = query.where(sql<boolean>`(lower(to_address) = ANY(${lower}::text[]) OR user_id = ${userId}::uuid)`);
  }
  if (filter.from) query = query.where('createdAt', '>=', midnight(filter.from));
  if (filter.to) query = query.where('createdAt', '<', midnight(filter.to));
  if (filter.beforeId)
    query = query.where(
      sql<boolean>`(created_at, id) < (SELECT m.created_at, m.id FROM mail_message m WHERE m.id = ${filter.beforeId}::uuid)`,
    );
  return query.execute();
}

export interface MailEntry extends MailLine {
  data: unknown;
  templateVersionId: string | null;
  bouncedAt: Date | null;
  notBefore: Date | null;
  /** Mails that repeat this one. */
  repeats: string[];
  block: { cause: string; detail: string; createdAt: Date } | null;
}

/** @throws DomainError not_found */
export async function getMailEntry(db: Kysely<DB>, id: string): Promise<MailEntry> {
  const row = isId(id)
    ? await lines(db)
        .select(['data', 'templateVersionId', 'bouncedAt', 'notBefore'])
        .select((eb) => [
          eb
            .selectFrom('mailMessage as again')
            .select(sql<string[]>`coalesce(array_agg(again.id ORDER BY again.created_at), '{}')`.as('ids'))
            .whereRef('again.resendOf', '=', 'mailMessage.id')
            .as('repeats'),
        ])
        .where('mailMessage.id', '=', id)
        .executeTakeFirst()
    : undefined;
  if (!row) throw new DomainError('not_found', 'This mail is not there.');
  const block = await db
    .selectFrom('mailBlock')
    .select(['cause', 'detail', 'createdAt'])
    .where('address', '=', sql<string>`${row.toAddress}::citext`)
    .executeTakeFirst();
  return { ...row, repeats: row.repeats ?? [], block: block ?? null };
}

/** How many of each state there are, of the last days; waiting ones whenever they were written. */
export async function countMails(db: Kysely<DB>, { now, days }: { now: Date; days: number }): Promise<Record<MailState, number>> {
  const counts = Object.entries(MAIL_STATES).map(
    ([state, { is }]) => sql`count(*) FILTER (WHERE ${sql.raw(is)})::int AS ${sql.ref(state)}`,
  );
  const { rows } = await sql<Record<MailState, number>>`
    SELECT ${sql.join(counts)} FROM mail_message
    WHERE created_at > ${now}::timestamptz - make_interval(days => ${days}) OR status IN ('queued', 'sending')`.execute(db);
  return rows[0] as Record<MailState, number>;
}

/** Mails that were tried and wait, and those that came back in the last seven days. */
export async function countMailTrouble(db: Kysely<DB>, now: Date): Promise<{ stuck: number; bounced: number }> {
  const { rows } = await sql<{ stuck: number; bounced: number }>`
    SELECT (SELECT count(*)::int FROM mail_message WHERE status IN ('queued', 'sending') AND attempts > 1) AS stuck,
           (SELECT count(*)::int FROM mail_message WHERE status = 'bounced' AND created_at > ${now}::timestamptz - interval '7 days') AS bounced`.execute(
    db,
  );
  return rows[0] ?? { stuck: 0, bounced: 0 };
}

export interface BlockedAddress {
  address: string;
  cause: string;
  detail: string;
  createdAt: Date;
  mailId: string | null;
}

export async function listBlockedAddresses(db: Kysely<DB>): Promise<BlockedAddress[]> {
  return db
    .selectFrom('mailBlock')
    .select(['address', 'cause', 'detail', 'createdAt', 'mailId'])
    .orderBy('createdAt', 'desc')
    .orderBy('address')
    .limit(500)
    .execute();
}

const lines = (db: Kysely<DB>): SelectQueryBuilder<DB, 'mailMessage', MailLine> =>
  db
    .selectFrom('mailMessage')
    .select([
      'mailMessage.id',
      'template',
      'toName',
      'toAddress',
      'status',
      'error',
      'attempts',
      'createdAt',
      'sentAt',
      sql<Date | null>`greatest(not_before, next_try_at)`.as('nextAt'),
      'doubtfulAt',
      'sessionId',
      'invoiceId',
      'resendOf',
    ]);
