import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import { wayOut } from './provider-failure.ts';

/** A session to come whose room isn't there. */
interface MissingRoom {
  sessionId: string;
  title: string;
  startsAt: Date;
  tutorId: string;
  tutorName: string;
  students: number;
  installId: string;
  installName: string;
  state: 'pending' | 'failed';
  /** Why, for a person; null: it is only being made. */
  error: string | null;
  wayOut: string | null;
  nextAttemptAt: Date | null;
}

interface MissingRooms {
  rows: MissingRoom[];
  total: number;
}

/** Sessions to come whose room failed or is still being made, the soonest first. */
export async function listMissingRooms(
  db: Kysely<DB>,
  now: Date,
  { installId, limit }: { installId?: string | undefined; limit: number },
): Promise<MissingRooms> {
  const { rows } = await sql<Omit<MissingRoom, 'wayOut'> & { errorCode: string | null; total: number }>`
    select s.id as session_id, coalesce(nullif(s.title, ''), sub.name) as title, s.starts_at, t.id as tutor_id,
      trim(t.first_name || ' ' || t.last_name) as tutor_name, m.install_id, i.name as install_name, m.state, m.error, m.error_code,
      m.next_attempt_at, count(*) over ()::int as total,
      (select count(*)::int from attendance a where a.session_id = s.id and a.outcome not in ('cancelled', 'late_cancel')) as students
    from meeting m join session s on s.id = m.session_id join tutor t on t.id = s.tutor_id join subject sub on sub.id = s.subject_id
      join plugin_install i on i.id = m.install_id
    where m.state in ('pending', 'failed') and s.status = 'scheduled' and s.ends_at > ${now}
      and (${installId ?? null}::uuid is null or m.install_id = ${installId ?? null}::uuid)
    order by s.starts_at, s.id limit ${limit}`.execute(db);
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map(({ errorCode, total: _, ...row }) => ({
      ...row,
      wayOut: row.state === 'failed' ? wayOut(errorCode, row.nextAttemptAt !== null) : null,
    })),
  };
}

/** A provider that can't be used any more, with sessions to come whose room is there. */
interface LeftProvider {
  installId: string;
  name: string;
  /** Why it can't be used. */
  problem: string;
  sessions: number;
}

/** Providers that were taken out, switched off or are not set up, with the number of sessions to come that are there. */
export async function listLeftProviders(db: Kysely<DB>, ctx: Pick<AppContext, 'plugins'>, now: Date): Promise<LeftProvider[]> {
  const installs = (await ctx.plugins.listInstalls(db, 'meeting')).filter((install) => !install.usable);
  if (installs.length === 0) return [];
  const { rows } = await sql<{ installId: string; sessions: number }>`
    select m.install_id, count(*)::int as sessions from meeting m join session s on s.id = m.session_id
    where m.install_id = any(${installs.map((install) => install.id)}::uuid[]) and m.state <> 'released'
      and s.status = 'scheduled' and s.ends_at > ${now}
    group by m.install_id`.execute(db);
  const sessions = new Map(rows.map((row) => [row.installId, row.sessions]));
  return installs.flatMap((install) => {
    const count = sessions.get(install.id);
    const problem = install.problem ?? `${install.name} is disabled.`;
    return count ? [{ installId: install.id, name: install.name, problem, sessions: count }] : [];
  });
}

/** The sessions to come that have their room at a provider, the soonest first. */
export async function listSessionsAt(db: Kysely<DB>, installId: string, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('meeting')
    .innerJoin('session', 'session.id', 'meeting.sessionId')
    .select('meeting.sessionId')
    .where('meeting.installId', '=', installId)
    .where('meeting.state', '<>', 'released')
    .where('session.status', '=', 'scheduled')
    .where('session.endsAt', '>', now)
    .orderBy('session.startsAt')
    .execute();
  return rows.map((row) => row.sessionId);
}
