import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, AppContext, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { getMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import { type MailContext, oneLine, queueMail } from '#app/domain/messages/queue-mail.server.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { isPluginError } from '#plugins/contract/index.ts';

const system: Actor = { userId: null, kind: 'system' };
const DAY = 24 * 60 * 60_000;
/** Accounts with a session within this time are tried before it comes. */
const AHEAD = 3 * DAY;
const MOST_TRIED = 200;

/**
 * Finds accounts of tutors that don't work any more before a session needs them, and tells of them: of those that ended, lack a
 * permission, or soon end, the tutor by mail and the office by a task, each once. Accounts with a session in the next days are tried.
 */
export async function checkConnections(
  ctx: Pick<AppContext, 'db' | 'plugins' | 'clock' | 'log' | 'config' | 'enqueue'>,
): Promise<void> {
  await tryAccounts(ctx);
  await tellOfConnections(ctx.db, ctx);
}

/** A token that is asked for is refreshed where it has ended, and that is where an account that was taken away shows. */
async function tryAccounts({ db, plugins, clock, log }: Pick<AppContext, 'db' | 'plugins' | 'clock' | 'log'>): Promise<void> {
  const now = clock();
  const soon = new Date(now.getTime() + AHEAD);
  const rows = await db
    .selectFrom('providerConnection as connection')
    .select(['connection.id', 'connection.installId'])
    .where('connection.state', '=', 'connected')
    .where('connection.expiresAt', '<', now)
    .where(
      sql<boolean>`exists (select 1 from session s where s.tutor_id = connection.tutor_id and s.mode = 'online'
        and s.status = 'scheduled' and s.starts_at between ${now} and ${soon})`,
    )
    .orderBy('connection.expiresAt')
    .limit(MOST_TRIED)
    .execute();
  for (const { id, installId } of rows) {
    try {
      const { context } = await plugins.meetingProvider(db, installId);
      await context('check', id).accessToken();
    } catch (error) {
      if (!isPluginError(error)) throw error;
      log.info({ installId, connectionId: id, code: error.code }, 'an account was tried and gave no token');
    }
  }
}

interface Troubled {
  id: string;
  installName: string;
  tutorId: string;
  tutorName: string;
  address: string | null;
  userId: string | null;
  locale: string | null;
  zone: string | null;
  state: 'connected' | 'expired' | 'scope_missing';
  problem: string | null;
  connectedAt: Date;
  endsAt: Date | null;
  nextAt: Date | null;
}

/** @returns of how many was told */
export async function tellOfConnections(db: Kysely<DB>, ctx: MailContext & Pick<DomainContext, 'clock'>): Promise<number> {
  return inTransaction(db, async (trx) => {
    // Two workers at once: the second finds nothing left to tell.
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('connections.tell', 0))`.execute(trx);
    const now = ctx.clock();
    const rules = await getMeetingRules(trx);
    const rows = await listTroubled(trx, now, new Date(now.getTime() + rules.connection_warning_days * DAY));
    for (const row of rows) await tell(trx, ctx, row, now);
    return rows.length;
  });
}

function listTroubled(trx: Transaction<DB>, now: Date, warnBefore: Date): Promise<Troubled[]> {
  return trx
    .selectFrom('providerConnection as connection')
    .innerJoin('pluginInstall', 'pluginInstall.id', 'connection.installId')
    .innerJoin('tutor', 'tutor.id', 'connection.tutorId')
    .leftJoin('users', 'users.id', 'tutor.userId')
    .select([
      'connection.id',
      'connection.problem',
      'connection.connectedAt',
      'connection.tutorId',
      'connection.refreshExpiresAt as endsAt',
      'pluginInstall.name as installName',
      'tutor.userId',
      'users.locale',
      'tutor.timezone as zone',
      sql<Troubled['state']>`connection.state`.as('state'),
      sql<string>`concat_ws(' ', tutor.first_name, nullif(tutor.last_name, ''))`.as('tutorName'),
      sql<string | null>`coalesce(tutor.email, users.email)`.as('address'),
      sql<Date | null>`(select min(s.starts_at) from session s join meeting m on m.session_id = s.id
        where s.tutor_id = connection.tutor_id and m.install_id = connection.install_id and s.status = 'scheduled'
          and s.starts_at > ${now})`.as('nextAt'),
    ])
    .where('connection.toldAt', 'is', null)
    .where((eb) =>
      eb.or([
        eb('connection.state', 'in', ['expired', 'scope_missing']),
        eb.and([eb('connection.state', '=', 'connected'), eb('connection.refreshExpiresAt', '<', warnBefore)]),
      ]),
    )
    .orderBy('connection.id')
    .execute();
}

async function tell(
  trx: Transaction<DB>,
  ctx: MailContext & Pick<DomainContext, 'clock'>,
  row: Troubled,
  now: Date,
): Promise<void> {
  await trx.updateTable('providerConnection').set({ toldAt: now }).where('id', '=', row.id).execute();
  const key = `${row.id}:${row.connectedAt.toISOString()}:${row.state}`;
  await raiseTask(trx, ctx, {
    event: 'connection_ended',
    key,
    about: { tutorId: row.tutorId },
    body: oneLine(
      row.problem ??
        `${row.tutorName} has to connect ${row.installName} again by ${row.endsAt?.toISOString().slice(0, 10) ?? 'soon'}`,
    ),
  });
  await audit(trx, system, {
    action: 'provider.warn',
    subjectType: 'tutor',
    subjectId: row.tutorId,
    after: { connectionId: row.id, state: row.state },
  });
  if (!row.address) return;
  await queueMail(trx, ctx, {
    template: 'connection-ended',
    to: { name: oneLine(row.tutorName), address: row.address },
    userId: row.userId,
    dedupeKey: `connection:${key}`,
    data: {
      link: `${ctx.config.origin}/tutor/settings`,
      ...(row.locale ? { locale: row.locale } : {}),
      ...(row.zone ? { zone: row.zone } : {}),
      provider: oneLine(row.installName),
      what: row.state === 'connected' ? 'ends_soon' : row.state,
      endsAt: row.endsAt?.toISOString() ?? null,
      nextAt: row.nextAt?.toISOString() ?? null,
    },
  });
}
