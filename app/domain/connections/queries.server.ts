import { type Kysely, sql } from 'kysely';
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
