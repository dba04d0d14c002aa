import { type Kysely, sql } from 'kysely';
import type { DB, JsonValue } from '#db/types.ts';
import { whoDid } from './who-did.ts';

export interface AuditRow {
  id: bigint;
  at: Date;
  by: string;
  action: string;
  subjectType: string;
  subjectId: string | null;
  sessionId: string | null;
  before: JsonValue;
  after: JsonValue;
  reason: string;
  requestId: string | null;
}

export interface AuditFilter {
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  actorUserId?: string | undefined;
  /** Local dates in `zone`, half-open. */
  from?: string | undefined;
  to?: string | undefined;
  zone?: string;
  /** Rows older than this id: the page after. */
  beforeId?: bigint | undefined;
  limit?: number;
  /** Of notes and files only those that one of these sees: that there are others is not said. */
  visibilities?: readonly string[];
}

/** The newest first. */
export async function listAudit(db: Kysely<DB>, filter: AuditFilter): Promise<AuditRow[]> {
  const zone = filter.zone ?? 'UTC';
  const midnight = (date: string) => sql<Date>`(${date}::date::timestamp at time zone ${zone})`;
  let query = db
    .selectFrom('auditLog')
    .leftJoin('users', 'users.id', 'auditLog.actorUserId')
    .leftJoin('apiKey', 'apiKey.id', 'auditLog.actorApiKeyId')
    .select([
      'auditLog.id',
      'auditLog.at',
      'auditLog.actorKind',
      'auditLog.action',
      'auditLog.subjectType',
      'auditLog.subjectId',
      'auditLog.sessionId',
      'auditLog.before',
      'auditLog.after',
      'auditLog.reason',
      'auditLog.requestId',
      'users.name',
      'users.email',
      'apiKey.name as apiKeyName',
    ])
    .orderBy('auditLog.id', 'desc')
    .limit(filter.limit ?? 50);
  if (filter.subjectType) query = query.where('subjectType', '=', filter.subjectType);
  if (filter.subjectId) query = query.where('subjectId', '=', filter.subjectId);
  if (filter.actorUserId) query = query.where('actorUserId', '=', filter.actorUserId);
  if (filter.from) query = query.where('at', '>=', midnight(filter.from));
  if (filter.to) query = query.where('at', '<', midnight(filter.to));
  if (filter.beforeId !== undefined) query = query.where('auditLog.id', '<', filter.beforeId);
  if (filter.visibilities)
    query = query.where(
      sql<boolean>`coalesce(audit_log.after ->> 'visibility', 'office') = ANY(${[...filter.visibilities]}::text[])
        AND coalesce(audit_log.before ->> 'visibility', 'office') = ANY(${[...filter.visibilities]}::text[])`,
    );
  const rows = await query.execute();
  return rows.map(({ name, email, actorKind, apiKeyName, ...row }) => ({
    ...row,
    by: whoDid({ name: name || email, apiKeyName, actorKind }),
  }));
}

/** What the log can be narrowed to: the kinds of record and the people that occur in it. */
export async function listAuditChoices(
  db: Kysely<DB>,
): Promise<{ subjectTypes: string[]; actors: { id: string; name: string }[] }> {
  const [types, actors] = await Promise.all([
    db.selectFrom('auditLog').select('subjectType').distinct().orderBy('subjectType').execute(),
    db
      .selectFrom('users')
      .select(['id', 'name', 'email'])
      .where(
        'id',
        'in',
        db
          .selectFrom('auditLog')
          .select('actorUserId')
          .where('actorUserId', 'is not', null)
          .distinct()
          .$castTo<{ actorUserId: string }>(),
      )
      .orderBy('name')
      .execute(),
  ]);
  return {
    subjectTypes: types.map((row) => row.subjectType),
    actors: actors.map((actor) => ({ id: actor.id, name: actor.name || actor.email })),
  };
}
