import { createHash } from 'node:crypto';

/** The same words give the same number in [0, 1) every time: the demo company never differs but for its dates. */
export function chance(...words: (string | number)[]): number {
  return createHash('sha256').update(words.join('|')).digest().readUInt32BE(0) / 2 ** 32;
}

export function pick<T>(list: readonly T[], ...words: (string | number)[]): T {
  const item = list[Math.floor(chance('pick', ...words) * list.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** An id that follows from a name, so that seeding again meets the same row. */
export function idOf(...words: (string | number)[]): string {
  const hex = createHash('sha256')
    .update(`demo|${words.join('|')}`)
    .digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
