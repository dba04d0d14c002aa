import { describe, expect, it } from 'vitest';
import { NOTHING_DONE, remember, takeLast } from './undo.ts';

describe('undoing on the board', () => {
  it('takes the newest first, and knows of each session the version that it has since', () => {
    const back = [{ id: 's1', tutorId: 't1', wallStart: '2026-03-02T16:00', minutes: 60 }];
    const moved = remember(NOTHING_DONE, { kind: 'moved', words: 'first', back }, { s1: 2 });
    const both = remember(moved, { kind: 'moved', words: 'second', back }, { s1: 3 });
    const { last, rest } = takeLast(both);
    expect(last?.words).toBe('second');
    // Going back by the first too must not be taken for somebody else's change.
    expect(rest.versions).toEqual({ s1: 3 });
    expect(takeLast(rest).last?.words).toBe('first');
    expect(takeLast(NOTHING_DONE).last).toBeUndefined();
  });

  it('forgets what is long ago', () => {
    let undo = NOTHING_DONE;
    for (let n = 0; n < 70; n++) undo = remember(undo, { kind: 'booked', words: String(n), ids: [] });
    expect(undo.done).toHaveLength(50);
    expect(undo.done[0]?.words).toBe('20');
  });
});
