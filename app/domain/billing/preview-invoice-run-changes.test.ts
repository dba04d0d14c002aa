import { describe, expect, it } from 'vitest';
import { whatChanged } from './preview-invoice-run-changes.ts';

const seen = (families: [string, number, string, string][], reasons: [string, number][] = []) =>
  JSON.stringify([families, reasons]);
const now = (families: [string, number, string, string][], reasons: [string, number][] = []) => ({
  seen: seen(families, reasons),
  currency: 'EUR',
});

describe('what changed since a preview', () => {
  it('names each family that is new, gone or different, in amounts and lines', () => {
    const before = seen([
      ['C1', 1, '1000', 'a'],
      ['C2', 2, '2000', 'b'],
      ['C3', 1, '500', 'c'],
      ['C4', 1, '700', 'd'],
    ]);
    const after = now([
      ['C1', 1, '1000', 'a'],
      ['C2', 3, '2500', 'x'],
      ['C4', 1, '700', 'y'],
      ['C5', 1, '-5', 'e'],
    ]);
    expect(whatChanged(before, after, (ref) => `Family ${ref}`)).toEqual([
      'Family C2: 20.00 (2 lines) is now 25.00 (3 lines).',
      'Family C4: the lines differ, the total is the same.',
      'Family C5: new, -0.05 (1 line).',
      'Family C3: no longer in it (was 5.00).',
    ]);
  });

  it('counts what is left out anew', () => {
    const changes = whatChanged(
      seen([], [['unclosed', 3]]),
      now(
        [],
        [
          ['unclosed', 2],
          ['cancelled', 1],
        ],
      ),
    );
    expect(changes).toEqual(['Left out as “Not closed out”: 3 is now 2.', 'Left out as “Cancelled in time”: 0 is now 1.']);
  });

  it('without a readable print it names nothing, whatever was sent', () => {
    for (const junk of [undefined, '', '{', '[]', '[[["C1"]],[]]', '[1,2]', 'null'])
      expect(whatChanged(junk, now([['C1', 1, '1', 'a']]))).toEqual([]);
  });
});
