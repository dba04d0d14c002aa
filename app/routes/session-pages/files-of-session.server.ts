import { randomUUID } from 'node:crypto';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { acceptOf, bytesWords } from '#app/domain/files/file-types.ts';
import { getPeopleRules } from '#app/domain/people/people-rules.server.ts';
import { fileTypesTaken } from '#app/domain/people/people-rules.ts';
import type { SessionDetail } from '#app/domain/scheduling/session-detail.server.ts';
import { fileKindNames, kindsAddedBy, SESSION_FILE_KINDS } from '#app/domain/session-files/file-kinds.ts';
import { listSessionFiles } from '#app/domain/session-files/queries.server.ts';

type Db = Parameters<typeof listSessionFiles>[0];

/** A session's files and the links to go on with, for its tutor and the office. */
export async function filesOfSession(db: Db, session: SessionDetail) {
  const [files, rules] = await Promise.all([
    listSessionFiles(db, { sessionIds: [session.id], kinds: SESSION_FILE_KINDS }),
    getPeopleRules(db),
  ]);
  const nameOf = (studentId: string | null) => session.places.find((place) => place.studentId === studentId)?.studentName;
  return {
    sessionId: session.id,
    formId: randomUUID(),
    accept: acceptOf(fileTypesTaken(rules)),
    kinds: kindsAddedBy.tutor.map((kind) => ({ value: kind, label: fileKindNames[kind] })),
    students: session.places
      .filter((place) => isLeft(place.outcome))
      .map(({ studentId, studentName }) => ({ id: studentId, name: studentName })),
    files: files.map((file) => ({
      id: file.id,
      name: file.name,
      about: [fileKindNames[file.kind], nameOf(file.studentId), bytesWords(file.bytes)].filter(Boolean).join(', '),
      removable: file.kind !== 'answer',
    })),
    links: session.materials.filter((material) => material.phase === 'after').map(({ id, title, url }) => ({ id, title, url })),
  };
}

export type SessionFilesView = Awaited<ReturnType<typeof filesOfSession>>;
