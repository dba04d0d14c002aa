import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { mustExist } from '#app/domain/people/about.server.ts';
import { type About, aboutTypeOf, type Visibility, visibilitiesFor } from '#app/domain/people/about.ts';
import { getPeopleRules } from '#app/domain/people/people-rules.server.ts';
import { fileTypesTaken, type PeopleRules } from '#app/domain/people/people-rules.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { bytesWords, FILE_TYPES, type FileType, fileNameFor, labelsOf, typeOfBytes } from './file-types.ts';

export interface NewFile {
  about: About;
  /** As the sender called it; kept without its path and ending as its type does. */
  name: string;
  content: Uint8Array;
  visibility: Visibility;
}

/** One record is a person's folder, not a store. */
const MOST_FILES = 300;

/**
 * Keeps a file. Its type is found from its bytes; the same file once more (a double click) is the one that is there.
 * @throws DomainError invalid_value at `file` (empty, too large, of a type not taken), over_limit, not_found (whom it is about)
 */
export async function addFile(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: NewFile,
): Promise<{ id: string; name: string }> {
  const { type, id } = aboutTypeOf(input.about);
  if (!visibilitiesFor(type).includes(input.visibility))
    throw new DomainError('invalid_value', 'Choose who sees this file.', { field: 'visibility' });
  return inTransaction(db, async (trx) => {
    const fileType = checkFile(await getPeopleRules(trx), input);
    await mustExist(trx, input.about);
    const file = {
      ...input.about,
      name: fileNameFor(input.name, fileType),
      sha256: createHash('sha256').update(input.content).digest('hex'),
      visibility: input.visibility,
    };
    await sql`select pg_advisory_xact_lock(hashtextextended(${`file ${id}`}, 0))`.execute(trx);
    const known = trx.selectFrom('file').where(`${type}Id`, '=', id);
    const same = await known
      .select(['id', 'name'])
      .where('sha256', '=', file.sha256)
      .where('name', '=', file.name)
      .where('visibility', '=', file.visibility)
      .executeTakeFirst();
    if (same) return same;
    const { count } = await known.select((eb) => eb.fn.countAll<bigint>().as('count')).executeTakeFirstOrThrow();
    if (count >= MOST_FILES)
      throw new DomainError('over_limit', `There are ${MOST_FILES} files here already. Remove some first.`, { field: 'file' });
    const bytes = input.content.byteLength;
    const mediaType = FILE_TYPES[fileType].mediaType;
    const added = await trx
      .insertInto('file')
      .values({ ...file, mediaType, bytes, uploadedBy: actor.userId, ...(actor.at ? { createdAt: actor.at } : {}) })
      .returning(['id', 'name'])
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('fileContent')
      .values({ fileId: added.id, content: Buffer.from(input.content) })
      .execute();
    const after = { fileId: added.id, mediaType, bytes, visibility: input.visibility };
    await audit(trx, actor, { action: 'file.add', subjectType: type, subjectId: id, after });
    return added;
  });
}

/** Its type, if it may come in. Asked by a form before it saves anything else. @throws DomainError invalid_value at `file` */
export function checkFile(rules: PeopleRules, file: Pick<NewFile, 'name' | 'content'>): FileType {
  const refuse = (message: string) => new DomainError('invalid_value', message, { field: 'file' });
  if (file.content.byteLength === 0) throw refuse('This file is empty. Choose another.');
  const taken = fileTypesTaken(rules);
  const type = typeOfBytes(file.content, file.name);
  if (type === undefined || !taken.includes(type)) {
    const what = type === undefined ? 'What is in this file is none of the types taken' : `${FILE_TYPES[type].label}: not taken`;
    throw refuse(taken.length === 0 ? 'No files are taken at present.' : `${what}. Send a ${labelsOf(taken)}.`);
  }
  const most = rules.files[type] * 1_000_000;
  if (file.content.byteLength > most)
    throw refuse(`This file has ${bytesWords(file.content.byteLength)}; at most ${rules.files[type]} MB are taken.`);
  return type;
}
