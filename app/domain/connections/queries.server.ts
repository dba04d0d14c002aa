import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';

export type ConnectionState = 'connected' | 'expired' | 'scope_missing' | 'disconnected';

export interface Connection {
  id: string;
  installId: string;
  installName: string;
  tutorId: string;
  tutorName: string;
  accountLabel: string;
  state: ConnectionState;
  /** What is wrong with it, for a person; null while nothing is. */
  problem: string | null;
  scopes: string[];
  connectedAt: Date;
  /** When it has to be connected anew; null: not known. */
  refreshExpiresAt: Date | null;
  /** Sessions still to come whose room is made, or is to be made, on this account. */
  sessions: number;
}

/** The accounts that a tutor, or all tutors at an install, have connected, given up ones left out; by name. */
export async function listConnections(
  db: Kysely<DB>,
  now: Date,
  of: { tutorId: string } | { installId: string },
): Promise<Connection[]> {
  return db
    .selectFrom('providerConnection as connection')
    .innerJoin('pluginInstall', 'pluginInstall.id', 'connection.installId')
    .innerJoin('tutor', 'tutor.id', 'connection.tutorId')
    .select([
      'connection.id',
      'connection.installId',
      'pluginInstall.name as installName',
      'connection.tutorId',
      'connection.accountLabel',
      'connection.problem',
      'connection.scopes',
      'connection.connectedAt',
      'connection.refreshExpiresAt',
      sql<ConnectionState>`connection.state`.as('state'),
      sql<string>`concat_ws(' ', tutor.first_name, nullif(tutor.last_name, ''))`.as('tutorName'),
      sql<number>`(select count(*)::int from meeting m join session s on s.id = m.session_id
        where m.install_id = connection.install_id and s.tutor_id = connection.tutor_id and m.state <> 'released'
          and s.status in ('requested', 'scheduled') and s.ends_at > ${now})`.as('sessions'),
    ])
    .where('connection.state', '!=', 'disconnected')
    .$if('tutorId' in of, (query) => query.where('connection.tutorId', '=', 'tutorId' in of ? of.tutorId : ''))
    .$if('installId' in of, (query) => query.where('connection.installId', '=', 'installId' in of ? of.installId : ''))
    .orderBy('tutor.firstName')
    .orderBy('tutor.lastName')
    .orderBy('pluginInstall.name')
    .execute();
}

/** How the tutors of an install stand with their accounts there; who never connected one is not in it. */
export async function connectionStates(db: Kysely<DB>, installId: string): Promise<Map<string, ConnectionState>> {
  const rows = await db
    .selectFrom('providerConnection')
    .select(['tutorId', sql<ConnectionState>`state`.as('state')])
    .where('installId', '=', installId)
    .execute();
  return new Map(rows.map((row) => [row.tutorId, row.state]));
}

/** A provider at which tutors connect accounts, as one tutor sees it. */
export interface TutorProvider {
  installId: string;
  name: string;
  /** No room there without an account of the tutor's. */
  needed: boolean;
  /** False while the office has not set it up for connecting. */
  open: boolean;
  /** What is asked for, and why. */
  scopes: { scope: string; why: string }[];
  /** The account that is connected, in whatever state; null: none. */
  connection: Connection | null;
}

/** Where a tutor can connect accounts; one that can't be used now is among them while an account is connected there. */
export async function listTutorProviders(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins' | 'clock'>,
  tutorId: string,
): Promise<TutorProvider[]> {
  const [installs, connections] = await Promise.all([
    ctx.plugins.listInstalls(db, 'meeting'),
    listConnections(db, ctx.clock(), { tutorId }),
  ]);
  const usable = await Promise.all(
    installs.filter((install) => install.usable).map((install) => ctx.plugins.tutorAccounts(db, install.id)),
  );
  const offered = usable.flatMap((accounts): TutorProvider[] => {
    if (!accounts) return [];
    const { install, needed, open, scopes } = accounts;
    const connection = connections.find(({ installId }) => installId === install.id) ?? null;
    return [{ installId: install.id, name: install.name, needed, open, scopes: [...scopes], connection }];
  });
  const left = connections
    .filter(({ installId }) => !offered.some((one) => one.installId === installId))
    .map((connection) => ({
      ...{ installId: connection.installId, name: connection.installName, connection },
      ...{ needed: false, open: false, scopes: [] },
    }));
  return [...offered, ...left];
}

export interface AccountsOfTutors {
  connections: Connection[];
  /** Active tutors without an account there. */
  without: { tutorId: string; tutorName: string }[];
}

/** How the tutors stand with their accounts at an install; undefined where tutors connect nothing there. */
export async function findAccountsOfTutors(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'plugins' | 'clock'>,
  installId: string,
): Promise<AccountsOfTutors | undefined> {
  const connections = await listConnections(db, ctx.clock(), { installId });
  const install = await ctx.plugins.findInstall(db, installId);
  const accounts = install?.usable ? await ctx.plugins.tutorAccounts(db, installId) : undefined;
  if (!accounts && connections.length === 0) return undefined;
  const without = await db
    .selectFrom('tutor')
    .select(['tutor.id as tutorId', sql<string>`concat_ws(' ', first_name, nullif(last_name, ''))`.as('tutorName')])
    .where('tutor.status', '=', 'active')
    .where('tutor.archivedAt', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('providerConnection')
            .select('id')
            .whereRef('tutorId', '=', 'tutor.id')
            .where('installId', '=', installId)
            .where('state', '!=', 'disconnected'),
        ),
      ),
    )
    .orderBy('tutor.firstName')
    .orderBy('tutor.lastName')
    .execute();
  return { connections, without: accounts?.needed ? without : [] };
}
