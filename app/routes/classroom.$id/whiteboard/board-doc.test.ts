import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { addPage, type Drawn, FIRST_PAGE, isNewer, MOST_PAGES, PageDrawing, paced, pagesOf } from './board-doc.ts';

interface Line extends Drawn {
  points: number[];
}

/** One side: its board, and what it shows. */
function side() {
  const doc = new Y.Doc();
  const page = new PageDrawing<Line>(doc, FIRST_PAGE);
  const shown = new Map<string, Line>();
  page.onOthers((changed) => {
    for (const element of changed) {
      const own = shown.get(element.id);
      if (!own || isNewer(element, own)) shown.set(element.id, element);
    }
  });
  return {
    doc,
    page,
    shown,
    draw(id: string, nonce: number) {
      const version = (shown.get(id)?.version ?? 0) + 1;
      shown.set(id, { id, version, versionNonce: nonce, points: [nonce] });
    },
    share: () => page.share([...shown.values()]),
  };
}

function swap(one: Y.Doc, other: Y.Doc) {
  const [first, second] = [Y.encodeStateAsUpdate(one), Y.encodeStateAsUpdate(other)];
  Y.applyUpdate(one, second);
  Y.applyUpdate(other, first);
}

describe('two who draw', () => {
  test('see the same in the end, whatever both did while one was cut off', () => {
    const step = fc.record({ who: fc.boolean(), id: fc.constantFrom('a', 'b', 'c'), nonce: fc.nat(1_000), meet: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const [ana, mia] = [side(), side()];
        for (const { who, id, nonce, meet } of steps) {
          const one = who ? ana : mia;
          one.draw(id, nonce);
          one.share();
          if (meet) swap(ana.doc, mia.doc);
        }
        // Once to learn of each other, once for whoever has the newer drawing to say so.
        for (let round = 0; round < 2; round++) {
          swap(ana.doc, mia.doc);
          ana.share();
          mia.share();
        }
        swap(ana.doc, mia.doc);
        const sorted = (lines: Iterable<Line>) => [...lines].sort((a, b) => a.id.localeCompare(b.id));
        expect(sorted(ana.shown.values())).toEqual(sorted(mia.shown.values()));
        expect(sorted(ana.page.all())).toEqual(sorted(ana.shown.values()));
      }),
    );
  });

  test('who open a new board at once have one first page, and both of the pages they add', () => {
    const [ana, mia] = [side(), side()];
    ana.draw('a', 1);
    ana.share();
    mia.draw('b', 1);
    mia.share();
    addPage(ana.doc);
    addPage(mia.doc);
    swap(ana.doc, mia.doc);
    expect(pagesOf(ana.doc)).toHaveLength(3);
    expect(pagesOf(ana.doc)).toEqual(pagesOf(mia.doc));
    expect(ana.page.all().map((line) => line.id)).toEqual(['a', 'b']);
  });
});

test('nothing goes out for what was shared already', () => {
  const ana = side();
  ana.draw('a', 1);
  ana.share();
  let updates = 0;
  ana.doc.on('update', () => {
    updates += 1;
  });
  ana.share();
  expect(updates).toBe(0);
});

test('a board has so many pages and no more', () => {
  const { doc } = side();
  for (let page = 1; page < MOST_PAGES; page++) expect(addPage(doc)).toBeDefined();
  expect(addPage(doc)).toBeUndefined();
  expect(pagesOf(doc)).toHaveLength(MOST_PAGES);
});

test('strokes in quick succession go out together, and what is due can go at once', () => {
  vi.useFakeTimers();
  const run = vi.fn();
  const sharing = paced(run, 100);
  sharing.due();
  sharing.due();
  vi.advanceTimersByTime(99);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(1);
  sharing.due();
  sharing.now();
  sharing.now();
  vi.advanceTimersByTime(200);
  expect(run).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
