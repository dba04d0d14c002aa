import type { Kysely } from 'kysely';
import { type Circle, circleOf } from '#app/domain/people/about.server.ts';
import { type About, aboutOfRow, aboutTypeOf, type Visibility } from '#app/domain/people/about.ts';
import type { DB } from '#db/types.ts';

export interface FileRow {
  id: string;
  name: string;
  mediaType: string;
  bytes: number;
  visibility: Visibility;
  uploadedBy: string | null;
  createdAt: Date;
}

/** What hangs on one record and has one of these visibilities, the newest first; none of the contents is read. */
export async function listFiles(db: Kysely<DB>, about: About, visibilities: readonly Visibility[]): Promise<FileRow[]> {
  const { type, id } = aboutTypeOf(about);
  if (visibilities.length === 0) return [];
  const rows = await db
    .selectFrom('file')
    .leftJoin('users', 'users.id', 'file.uploadedBy')
    .select(['file.id', 'file.name', 'file.mediaType', 'file.bytes', 'file.visibility', 'file.createdAt', 'users.name as by'])
    .where(`file.${type}Id`, '=', id)
    .where('file.visibility', 'in', [...visibilities])
    .orderBy('file.createdAt', 'desc')
    .orderBy('file.id')
    .execute();
  return rows.map(({ by, visibility, ...row }) => ({ ...row, visibility: visibility as Visibility, uploadedBy: by }));
}

/** A file's facts and who may see it; undefined when it is not there. */
export async function findFile(
  db: Kysely<DB>,
  id: string,
  now: Date,
): Promise<
  { id: string; name: string; mediaType: string; about: About; shared: Circle & { visibility: Visibility } } | undefined
> {
  const file = await db
    .selectFrom('file')
    .select(['id', 'name', 'mediaType', 'visibility', 'tutorId', 'clientId', 'studentId', 'requestId'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!file) return undefined;
  const about = aboutOfRow(file);
  const shared = { visibility: file.visibility as Visibility, ...(await circleOf(db, about, now)) };
  return { id: file.id, name: file.name, mediaType: file.mediaType, about, shared };
}

/** Undefined when it was removed meanwhile. */
export async function findFileContent(db: Kysely<DB>, id: string): Promise<Buffer | undefined> {
  const row = await db.selectFrom('fileContent').select('content').where('fileId', '=', id).executeTakeFirst();
  return row?.content;
}
