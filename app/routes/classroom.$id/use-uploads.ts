import { useState } from 'react';
import type { RoomFile } from '#app/domain/classroom/protocol.ts';
import { uploadFile } from './room-files.ts';

interface Upload {
  id: string;
  name: string;
  problem: string | null;
}

/** Files on their way, each by itself: one that is refused takes no other with it. */
export function useUploads(sessionId: string, onDone: (file: RoomFile) => void) {
  const [states, setStates] = useState<Upload[]>([]);
  const dismiss = (id: string) => setStates((all) => all.filter((one) => one.id !== id));
  const add = (files: File[]) => {
    for (const file of files) {
      const id = crypto.randomUUID();
      setStates((all) => [...all, { id, name: file.name, problem: null }]);
      void uploadFile(sessionId, 'chat', file).then(
        (done) => {
          dismiss(id);
          onDone(done);
        },
        (error: Error) => setStates((all) => all.map((one) => (one.id === id ? { ...one, problem: error.message } : one))),
      );
    }
  };
  return { states, add, dismiss };
}
