import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Board, readBoard, type Spot } from './board-data.ts';
import { withSpots } from './rows.ts';

const EVERY_MS = 45_000;

interface Source {
  /** As it came with the page. */
  text: string;
  firstDay: string;
  days: number;
}

/**
 * The sessions of the days shown: as they came with the page, then as they are asked for again, when the page is looked
 * at anew and every 45 seconds of being looked at. `spots` are where sessions are on their way to.
 */
export function useBoardData(source: Source) {
  const { firstDay, days } = source;
  const [fresh, setFresh] = useState<{ of: Source; text: string } | null>(null);
  const text = fresh?.of.text === source.text ? fresh.text : source.text;
  const stored = useMemo(() => readBoard(text), [text]);
  const [spots, setSpots] = useState<ReadonlyMap<string, Spot>>(new Map());
  const board: Board = useMemo(() => withSpots(stored, spots), [stored, spots]);

  const latest = useRef(source);
  latest.current = source;
  const refetch = useCallback(async () => {
    const of = latest.current;
    const query = new URLSearchParams({ date: of.firstDay, view: of.days === 1 ? 'day' : 'week' });
    try {
      const response = await fetch(`/office/board/data?${query}`);
      if (!response.ok || response.redirected) return;
      const newest = await response.text();
      // Another week may be shown by now.
      if (latest.current.text === of.text) setFresh({ of, text: newest });
    } catch {
      // Without a connection the board stays as it is; the next turn asks again.
    }
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other days begin a new turn
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void refetch();
    };
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
    };
  }, [refetch, firstDay, days]);

  return { board, refetch, setSpots };
}
