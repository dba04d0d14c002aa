import { NodePostgresAdapter } from '@lucia-auth/adapter-postgresql';
import { CompiledQuery, type Kysely } from 'kysely';
import { Lucia, TimeSpan } from 'lucia';
import type { DB } from '#db/types.ts';

/** Lucia extends a session that is past half of this, so an idle one ends after 3.5 to 7 days. */
export const IDLE_DAYS = 7;

interface SessionRow {
  absolute_expires_at: Date;
  created_at: Date;
  last_seen_at: Date;
  ip: string | null;
  user_agent: string | null;
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof build>;
    DatabaseSessionAttributes: SessionRow;
    DatabaseUserAttributes: { disabled_at: Date | null };
  }
}

const built = new WeakMap<Kysely<DB>, ReturnType<typeof build>>();

export function luciaOn(db: Kysely<DB>): ReturnType<typeof build> {
  const known = built.get(db);
  if (known) return known;
  const fresh = build(db);
  built.set(db, fresh);
  return fresh;
}

function build(db: Kysely<DB>) {
  // The adapter wants a pool of pg: it gets the query function of one, over the connections Kysely has. Its SQL and
  // its rows are in snake_case, so without our plugins.
  const plain = db.withoutPlugins();
  const client = {
    query: (text: string, values: unknown[]) => plain.executeQuery(CompiledQuery.raw(text, values)),
  };
  const adapter = new NodePostgresAdapter(client as unknown as ConstructorParameters<typeof NodePostgresAdapter>[0], {
    user: 'users',
    session: 'sign_in_session',
  });
  return new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(IDLE_DAYS, 'd'),
    getSessionAttributes: (row) => ({
      absoluteExpiresAt: row.absolute_expires_at,
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
      ip: row.ip,
      userAgent: row.user_agent,
    }),
    getUserAttributes: (row) => ({ disabledAt: row.disabled_at }),
  });
}
