import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import type * as Y from 'yjs';
import styles from './board.module.css';

const Whiteboard = lazy(() => import('../classroom.$id/whiteboard/whiteboard.tsx'));

/** Nothing is added to what is only read. */
const uploadNothing = () => Promise.reject(new Error('This board is only read.'));

/** The board as it was left. It is large, so it is fetched when the page is there, and needs a script. */
export function BoardToRead({ sessionId }: { sessionId: string }) {
  const [doc, setDoc] = useState<Y.Doc>();
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each try fetches anew
  useEffect(() => {
    const over = new AbortController();
    setFailed(false);
    readBoard(sessionId, over.signal).then(setDoc, () => {
      if (!over.signal.aborted) setFailed(true);
    });
    return () => over.abort();
  }, [sessionId, tries]);

  if (failed) {
    return (
      <Stack align="flex-start" gap="xs" role="alert">
        <Text>The whiteboard could not be fetched. It is kept; try again in a moment.</Text>
        <Button variant="default" onClick={() => setTries(tries + 1)}>
          Try again
        </Button>
      </Stack>
    );
  }
  return (
    <div className={styles.board}>
      <noscript>The whiteboard is shown by a script, and this browser runs none.</noscript>
      {doc ? (
        <Suspense fallback={<Skeleton h="100%" />}>
          <Whiteboard doc={doc} awareness={null} me={{ key: '', name: '', colour: '' }} readOnly uploadImage={uploadNothing} />
        </Suspense>
      ) : (
        <Skeleton h="100%" />
      )}
    </div>
  );
}

async function readBoard(sessionId: string, signal: AbortSignal): Promise<Y.Doc> {
  const [{ Doc, applyUpdate }, response] = await Promise.all([
    import('yjs'),
    fetch(`/sessions/${sessionId}/board/data`, { signal }),
  ]);
  if (!response.ok) throw new Error(`the board could not be read (${response.status})`);
  const board = new Uint8Array(await response.arrayBuffer());
  const doc = new Doc();
  if (board.byteLength > 0) applyUpdate(doc, board);
  return doc;
}
