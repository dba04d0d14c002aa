import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import type { DB } from '#db/types.ts';

export interface AuditEntry {
  /** `subject.verb`, such as `tutor.edit`. */
  action: string;
  subjectType: string;
  subjectId: string | null;
  /** Set when it belongs to a session's story. */
  sessionId?: string | null | undefined;
  /** Ids and values, no names or addresses: the log outlives whom it names. */
  before?: unknown;
  after?: unknown;
  reason?: string | undefined;
}

/** Writes one line of the log, in the transaction of what it tells of. Takes bigint and Date as they are. */
export async function audit(trx: Kysely<DB>, actor: Actor, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto('auditLog')
    .values({
      ...(actor.at ? { at: actor.at } : {}),
      actorUserId: actor.userId,
      actorKind: actor.kind,
      actorApiKeyId: actor.apiKeyId ?? null,
      requestId: actor.requestId ?? null,
      action: entry.action,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId,
      sessionId: entry.sessionId ?? null,
      before: json(entry.before),
      after: json(entry.after),
      reason: entry.reason ?? '',
    })
    .execute();
}

function json(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));
}
