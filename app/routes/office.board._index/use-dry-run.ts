import { useEffect, useState } from 'react';
import type { CheckAnswer } from './answers.ts';
import { ask, posted } from './board-api.ts';
import type { Spot } from './board-data.ts';
import type { Carry } from './carry.ts';
import { clockText, dayAfter } from './days.ts';
import type { Waiting } from './waiting.ts';

const AFTER_MS = 120;

export const wallOf = (firstDay: string, { day, start }: Pick<Spot, 'day' | 'start'>) =>
  `${dayAfter(firstDay, day)}T${clockText(start)}`;

/** What the server says of letting go here, a moment after the last movement; null while nothing is known yet. */
export function useDryRun(carry: Carry | null, targets: readonly Spot[], firstDay: string, waiting: Waiting | undefined) {
  const body = carry === null ? null : bodyOf(carry, targets, firstDay, waiting);
  const [known, setKnown] = useState<{ body: string; answer: CheckAnswer } | null>(null);
  useEffect(() => {
    if (body === null) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await ask<CheckAnswer>('/office/board/check', { ...posted(JSON.parse(body)), signal: abort.signal });
      if (answer && !abort.signal.aborted) setKnown({ body, answer });
    }, AFTER_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [body]);
  return body !== null && known?.body === body ? known.answer : null;
}

function bodyOf(carry: Carry, targets: readonly Spot[], firstDay: string, waiting: Waiting | undefined): string | null {
  const [first] = targets;
  if (carry.kind === 'create' || !first) return null;
  if (carry.kind === 'place') {
    if (!waiting) return null;
    return JSON.stringify({
      kind: 'place',
      booking: {
        tutorId: first.tutorId,
        studentIds: [waiting.studentId],
        programId: waiting.programId,
        subjectId: waiting.subjectId,
        wallStart: wallOf(firstDay, first),
        durationMinutes: first.minutes,
        mode: waiting.mode,
      },
    });
  }
  return JSON.stringify({
    kind: carry.kind === 'copy' ? 'copy' : 'move',
    moves: targets.map((spot, place) => ({
      sessionId: carry.items[place]?.id,
      tutorId: spot.tutorId,
      wallStart: wallOf(firstDay, spot),
      durationMinutes: spot.minutes,
    })),
  });
}
