/** The same words give the same number in [0, 1) every time: the demo company never differs but for its dates. */
export function chance(...words: (string | number)[]): number {
  return hash(words.join('|'))[0] / 2 ** 32;
}

export function pick<T>(list: readonly T[], ...words: (string | number)[]): T {
  const item = list[Math.floor(chance('pick', ...words) * list.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** An id that follows from a name, in the form of a UUID. */
export function idOf(...words: (string | number)[]): string {
  const hex = hash(`demo|${words.join('|')}`)
    .map((part) => part.toString(16).padStart(8, '0'))
    .join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** 128 bits of a text (bryc's cyrb128): good enough for a made-up company, and the same in every runtime. */
function hash(text: string): [number, number, number, number] {
  let a = 1779033703;
  let b = 3144134277;
  let c = 1013904242;
  let d = 2773480762;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  a ^= b ^ c ^ d;
  return [a >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0];
}
