import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { SessionFileKind } from './file-kinds.ts';

/** Takes a file of one of these kinds away for good; one that is gone is gone. `studentIds`: only theirs; `uploadedBy`: only what this user put there. */
export async function removeSessionFile(
  db: Kysely<DB>,
  actor: Actor,
  input: {
    sessionId: string;
    fileId: string;
    kinds: readonly SessionFileKind[];
    studentIds?: readonly string[];
    uploadedBy?: string;
  },
): Promise<void> {
  if (input.studentIds?.length === 0) return;
  await inTransaction(db, async (trx) => {
    let found = trx
      .deleteFrom('sessionFile')
      .where('id', '=', input.fileId)
      .where('sessionId', '=', input.sessionId)
      .where('kind', 'in', [...input.kinds]);
    if (input.studentIds) found = found.where('studentId', 'in', [...input.studentIds]);
    if (input.uploadedBy) found = found.where('uploadedBy', '=', input.uploadedBy);
    const gone = await found.returning(['kind', 'studentId', 'mediaType', 'bytes']).executeTakeFirst();
    if (!gone) return;
    const of = { subjectType: 'session', subjectId: input.sessionId, sessionId: input.sessionId };
    await audit(trx, actor, { action: 'session.remove_file', ...of, before: { fileId: input.fileId, ...gone } });
  });
}
