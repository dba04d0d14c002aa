import type { RoomFile } from '#app/domain/classroom/protocol.ts';

export const fileAddress = (sessionId: string, fileId: string) => `/classroom/${sessionId}/files/${fileId}`;

/** Keeps a file with the session. Throws an Error with words for whoever sent it. */
export async function uploadFile(sessionId: string, purpose: 'chat' | 'board', file: File): Promise<RoomFile> {
  const form = new FormData();
  form.set('purpose', purpose);
  form.set('file', file, file.name);
  const response = await fetch(`/classroom/${sessionId}/files`, { method: 'POST', body: form }).catch(() => undefined);
  if (!response) throw new Error('The server could not be reached. Send it again.');
  const answer = (await response.json().catch(() => undefined)) as { file?: RoomFile; message?: string } | undefined;
  if (response.ok && answer?.file) return answer.file;
  throw new Error(answer?.message ?? (response.status === 413 ? 'It is too large.' : 'It could not be sent.'));
}
