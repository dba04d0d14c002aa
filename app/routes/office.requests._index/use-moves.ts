import { useFetcher } from '@remix-run/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { MoveAnswer } from '../request-pages/move-action.server.ts';

export interface Move {
  id: string;
  /** Whose, for what is said of it. */
  name: string;
  from: string;
  to: string;
  toName: string;
  reason?: string;
}

/**
 * Moves one after the other, each seen at once. One that is refused goes back to where it really is, and it is said why.
 */
export function useMoves() {
  const fetcher = useFetcher<MoveAnswer>();
  const [queue, setQueue] = useState<readonly Move[]>([]);
  const [said, setSaid] = useState<{ text: string; refused: boolean } | null>(null);
  const sent = useRef<{ move: Move; started: boolean } | null>(null);
  const { state, data, submit } = fetcher;

  useEffect(() => {
    if (state !== 'idle') {
      if (sent.current) sent.current.started = true;
      return;
    }
    if (sent.current && !sent.current.started) return;
    const done = sent.current?.move;
    if (done) {
      sent.current = null;
      setSaid(
        data?.message
          ? { text: `${done.name}: ${data.message}`, refused: true }
          : { text: `${done.name} moved to ${done.toName}.`, refused: false },
      );
      setQueue((waiting) => waiting.filter((move) => move !== done));
      return;
    }
    const [next] = queue;
    if (!next) return;
    sent.current = { move: next, started: false };
    const { id, from, to, reason = '' } = next;
    submit({ id, from, stage: to, reason }, { method: 'post', action: '/office/requests?index' });
  }, [state, data, queue, submit]);

  const move = useCallback((next: Move) => setQueue((waiting) => [...waiting, next]), []);
  const stageOf = (id: string, saved: string) => queue.findLast((one) => one.id === id)?.to ?? saved;
  return { move, stageOf, said, under: queue.length > 0 };
}
