import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { checkFile } from '#app/domain/files/add-file.server.ts';
import { FILE_TYPES, fileNameFor } from '#app/domain/files/file-types.ts';
import { getPeopleRules } from '#app/domain/people/people-rules.server.ts';
import { lockSession } from '#app/domain/scheduling/open-session.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { SessionFileKind } from './file-kinds.ts';

/** One session is a lesson, not a store. */
const MOST_FILES = 60;
const MOST_BYTES = 100_000_000;

export interface NewSessionFile {
  sessionId: string;
  kind: SessionFileKind;
  /** Of this student's place alone; null: everybody's in the session. */
  studentId: string | null;
  name: string;
  content: Uint8Array;
}

/**
 * Keeps a file with a session. Its type is found from its bytes; the same file once more (a double click) is the one that is
 * there.
 * @throws DomainError invalid_value at `file` (empty, too large, not taken) or `studentId`, over_limit, not_found
 */
export async function addSessionFile(db: Kysely<DB>, actor: Actor, input: NewSessionFile): Promise<{ id: string; name: string }> {
  const { sessionId, kind, studentId, content } = input;
  return inTransaction(db, async (trx) => {
    const type = checkFile(await getPeopleRules(trx), input);
    await lockSession(trx, sessionId);
    if (kind === 'answer' && studentId === null)
      throw new DomainError('invalid_value', 'Say whose answer it is.', { field: 'studentId' });
    if (studentId !== null) await mustBeIn(trx, sessionId, studentId);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const file = { sessionId, kind, studentId, name: fileNameFor(input.name, type), sha256 };
    const same = await trx
      .selectFrom('sessionFile')
      .select(['id', 'name'])
      .where('sessionId', '=', sessionId)
      .where('kind', '=', kind)
      .where('studentId', 'is not distinct from', studentId)
      .where('sha256', '=', sha256)
      .where('name', '=', file.name)
      .executeTakeFirst();
    if (same) return same;
    const { files, bytes } = await trx
      .selectFrom('sessionFile')
      .select([sql<number>`count(*)::int`.as('files'), sql<number>`coalesce(sum(bytes), 0)::float8`.as('bytes')])
      .where('sessionId', '=', sessionId)
      .executeTakeFirstOrThrow();
    if (files >= MOST_FILES || bytes + content.byteLength > MOST_BYTES)
      throw new DomainError('over_limit', 'This session holds no more files. Remove some first.', { field: 'file' });
    const { mediaType } = FILE_TYPES[type];
    const added = await trx
      .insertInto('sessionFile')
      .values({ ...file, mediaType, bytes: content.byteLength, uploadedBy: actor.userId })
      .returning(['id', 'name'])
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('sessionFileContent')
      .values({ fileId: added.id, content: Buffer.from(content) })
      .execute();
    await audit(trx, actor, {
      ...{ action: 'session.add_file', subjectType: 'session', subjectId: sessionId, sessionId },
      after: { fileId: added.id, kind, studentId, mediaType, bytes: content.byteLength },
    });
    return added;
  });
}

async function mustBeIn(trx: Kysely<DB>, sessionId: string, studentId: string): Promise<void> {
  const place = await trx
    .selectFrom('attendance')
    .select('id')
    .where('sessionId', '=', sessionId)
    .where('studentId', '=', studentId)
    .executeTakeFirst();
  if (!place) throw new DomainError('invalid_value', 'This student is not in this session.', { field: 'studentId' });
}
