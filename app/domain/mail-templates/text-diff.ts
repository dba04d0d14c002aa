export interface DiffLine {
  /** In both, only before, only after; skip: so many equal lines that nobody needs to see. */
  kind: 'same' | 'gone' | 'new' | 'skip';
  text: string;
}

/** How far what is equal is shown around a change, lines. */
const AROUND = 2;

/** What is compared line by line; of longer texts all went and all came. */
const LARGEST = 1_000_000;

/** Two texts line by line: what went, what came, and a little of what is around it; nothing where they are the same. */
export function diffLines(before: string, after: string): DiffLine[] {
  if (before === after) return [];
  const all = fullDiff(lines(before), lines(after));
  const near = all.map((_, index) =>
    all.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same'),
  );
  const shown: DiffLine[] = [];
  all.forEach((line, index) => {
    if (near[index]) shown.push(line);
    else if (shown.at(-1)?.kind !== 'skip') shown.push({ kind: 'skip', text: '' });
  });
  return shown;
}

const lines = (text: string) => (text === '' ? [] : text.split('\n'));

/** By the longest common subsequence; mails have some hundred lines at most. */
function fullDiff(before: readonly string[], after: readonly string[]): DiffLine[] {
  if (before.length * after.length > LARGEST) {
    const all = (kind: DiffLine['kind'], texts: readonly string[]) => texts.map((text) => ({ kind, text }));
    return [...all('gone', before), ...all('new', after)];
  }
  const width = after.length + 1;
  const longest = new Uint16Array((before.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      longest[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const out: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      out.push({ kind: 'same', text: old });
      i++;
      j++;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      out.push({ kind: 'gone', text: old });
      i++;
    } else {
      out.push({ kind: 'new', text: fresh ?? '' });
      j++;
    }
  }
  return out;
}
