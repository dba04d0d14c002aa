import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { Link, useRevalidator } from '@remix-run/react';
import { useCallback, useEffect, useState } from 'react';
import { listWaiting, onWaitingChange, type WaitingCloseOut } from './kept-here.ts';
import { isUnderWay, sendCloseOut } from './send-close-out.ts';

const AGAIN_MS = 20_000;

/**
 * Close-outs that were sent without a connection: on every page of a tutor they are tried again, at once when the connection
 * is back, until somebody has answered.
 */
export function WaitingCloseOuts({ userId }: { userId: string }) {
  const [waiting, setWaiting] = useState<WaitingCloseOut[]>([]);
  const [sent, setSent] = useState<string[]>([]);
  const [refused, setRefused] = useState<{ sessionId: string; title: string; message: string }[]>([]);
  const { revalidate } = useRevalidator();

  const trySending = useCallback(async () => {
    for (const entry of listWaiting(userId)) {
      if (isUnderWay(entry)) continue;
      const answer = await sendCloseOut(userId, entry);
      if (answer.state === 'unreachable' || answer.state === 'signed-out') return;
      if (answer.state === 'taken') setSent((all) => [...all, entry.title]);
      else {
        const { sessionId, title } = entry;
        setRefused((all) => [...all, { sessionId, title, message: answer.problem.message }]);
      }
      revalidate();
    }
  }, [userId, revalidate]);

  useEffect(() => {
    const look = () => setWaiting(listWaiting(userId).filter((entry) => !isUnderWay(entry)));
    look();
    void trySending();
    const stop = onWaitingChange(look);
    const timer = setInterval(() => {
      look();
      if (listWaiting(userId).length > 0) void trySending();
    }, AGAIN_MS);
    const online = () => void trySending();
    window.addEventListener('online', online);
    return () => {
      stop();
      clearInterval(timer);
      window.removeEventListener('online', online);
    };
  }, [userId, trySending]);

  if (waiting.length + sent.length + refused.length === 0) return null;
  return (
    <Stack gap="xs" mb="md">
      {waiting.length > 0 ? (
        <Alert color="yellow" variant="light" role="status" p="sm" title={titleOf(waiting.length)}>
          {waiting.map((entry) => entry.title).join('; ')}. Kept on this phone, and sent as soon as there is a connection.
        </Alert>
      ) : null}
      {sent.length > 0 ? (
        <Alert color="green" variant="light" role="status" p="sm" title="Sent now that the connection is back">
          {sent.join('; ')}
        </Alert>
      ) : null}
      {refused.map((one) => (
        <Alert key={one.sessionId} color="red" variant="light" role="alert" p="sm" title={`Not taken: ${one.title}`}>
          <Text size="sm">{one.message}</Text>
          <Anchor component={Link} to={`/tutor/sessions/${one.sessionId}/close-out`} size="sm">
            Look at it; what you typed is kept
          </Anchor>
        </Alert>
      ))}
    </Stack>
  );
}

const titleOf = (count: number) =>
  count === 1 ? 'A close-out waits for a connection' : `${count} close-outs wait for a connection`;
