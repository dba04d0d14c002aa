import { describe, expect, it } from 'vitest';
import { lineWords } from './line-words.ts';

const line = {
  sessionId: null,
  description: 'Package P1',
  lotKind: null,
  packageName: null,
  moveKind: null,
  otherName: null,
  available: 0n,
  booked: 0n,
  used: 0n,
  expired: 0n,
} as const;

describe('what happened to credits', () => {
  it.each([
    ['Booked', { sessionId: 's', available: -100n, booked: 100n }],
    ['Given back', { sessionId: 's', available: 100n, booked: -100n }],
    ['Used', { sessionId: 's', booked: -100n, used: 100n }],
    ['Used in part, the rest given back', { sessionId: 's', available: 50n, booked: -100n, used: 50n }],
    ['Bought: Ten lessons', { lotKind: 'sold', packageName: 'Ten lessons', available: 1000n }],
    ['Bought: credits', { lotKind: 'sold', available: 1000n }],
    ['Expired: Ten lessons', { lotKind: 'sold', packageName: 'Ten lessons', available: -300n, expired: 300n }],
    ['Covers what was booked below zero', { lotKind: 'sold' }],
    ['Given', { lotKind: 'gift', moveKind: 'gift', available: 100n }],
    ['Added by a correction', { lotKind: 'correction', moveKind: 'correction', available: 100n }],
    ['Taken away by a correction', { moveKind: 'correction', available: -100n }],
    ['Moved to Žižek', { moveKind: 'transfer', otherName: 'Žižek', available: -100n }],
    ['Moved from another family', { lotKind: 'transfer', moveKind: 'transfer', available: 100n }],
  ] as const)('%s', (words, over) => {
    expect(lineWords({ ...line, ...over })).toBe(words);
  });
});
