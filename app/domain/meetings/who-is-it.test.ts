import { describe, expect, test } from 'vitest';
import { type Expected, type Seen, whoIsIt } from './who-is-it.ts';

const tutor: Expected = { userId: 'ana', attendanceId: null, names: ['Ana Núñez'], emails: ['ana@example.com'] };
const mia: Expected = { userId: 'mia', attendanceId: 'place-1', names: ['Mia Byrne', 'Mimi'], emails: ['mia@example.com'] };
const tom: Expected = { userId: null, attendanceId: 'place-2', names: ['Tom Byrne'], emails: ['family@example.com'] };
const payer: Expected = { userId: 'payer', attendanceId: null, names: ['Pat Byrne'], emails: ['family@example.com'] };
const all = [tutor, mia, tom, payer];
const seen = (over: Partial<Seen>): Seen => ({ userId: null, name: '', email: null, ...over });

describe('whom a provider saw is known', () => {
  test('by the id it was given, of an account or of a guest’s place, before anything else', () => {
    expect(whoIsIt(all, seen({ userId: 'mia', name: 'Tom Byrne', email: 'ana@example.com' }))).toBe(mia);
    expect(whoIsIt(all, seen({ userId: 'place-2' }))).toBe(tom);
  });

  test('by the address, whatever its case', () => {
    expect(whoIsIt(all, seen({ name: 'iPad', email: ' Ana@Example.com ' }))).toBe(tutor);
  });

  test('by the name, with or without accents, and by one typed at the door', () => {
    expect(whoIsIt(all, seen({ name: 'ana  nunez' }))).toBe(tutor);
    expect(whoIsIt(all, seen({ name: 'MIMI' }))).toBe(mia);
  });

  test('not at all where two fit, or nobody does', () => {
    expect(whoIsIt(all, seen({ email: 'family@example.com' }))).toBeUndefined();
    expect(whoIsIt([mia, { ...tom, names: ['Mia Byrne'] }], seen({ name: 'Mia Byrne' }))).toBeUndefined();
    expect(whoIsIt(all, seen({ name: 'iPad' }))).toBeUndefined();
    expect(whoIsIt(all, seen({ userId: 'unknown', name: '小林' }))).toBeUndefined();
  });

  test('by the name where the address fits two', () => {
    expect(whoIsIt(all, seen({ name: 'Tom Byrne', email: 'family@example.com' }))).toBe(tom);
  });
});
