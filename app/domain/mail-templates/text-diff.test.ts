import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diffLines } from './text-diff.ts';

const inShort = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${{ same: ' ', gone: '-', new: '+', skip: '…' }[kind]}${text}`);

it('shows what went and what came, and two lines around it', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh';
  expect(inShort(before, before.replace('f', 'F'))).toEqual(['…', ' d', ' e', '-f', '+F', ' g', ' h']);
  expect(inShort('a', 'a')).toEqual([]);
  expect(inShort('', 'a\nb')).toEqual(['+a', '+b']);
});

it('leads from the one text to the other, whatever they are', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const diff = diffLines(before, after).filter(({ kind }) => kind !== 'skip');
      const side = (kind: string) => diff.filter((line) => line.kind !== kind).map((line) => line.text);
      const inOrder = (some: string[], all: string[]) => {
        let at = 0;
        for (const line of all) if (line === some[at]) at++;
        return at === some.length;
      };
      expect(inOrder(side('new'), before.split('\n'))).toBe(true);
      expect(inOrder(side('gone'), after.split('\n'))).toBe(true);
      const count = (kind: string) => diff.filter((line) => line.kind === kind).length;
      const linesOf = (whole: string) => (whole === '' ? 0 : whole.split('\n').length);
      expect(count('new') - count('gone')).toBe(linesOf(after) - linesOf(before));
    }),
  );
});
