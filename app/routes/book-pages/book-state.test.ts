import { expect, it } from 'vitest';
import { bookPath } from './book-state.ts';
import { readBookState } from './read-book-state.ts';

const id = '0198c0de-0000-7000-8000-000000000001';
const token = 'a'.repeat(43);

it('an address is read answer by answer, and what nobody could have chosen is left out', () => {
  const good = new URLSearchParams({
    program: id,
    tutor: 'any',
    minutes: '60',
    start: '2026-03-10T15:00',
    hold: token,
    zone: 'Asia/Tokyo',
  });
  expect(readBookState(good)).toEqual({
    program: id,
    tutor: 'any',
    minutes: 60,
    start: '2026-03-10T15:00',
    hold: token,
    zone: 'Asia/Tokyo',
  });
  const bad = new URLSearchParams({
    program: "' or 1=1",
    tutor: 'all',
    minutes: '-60',
    start: '2026-02-30T15:00',
    hold: 'short',
    zone: 'Mars/Olympus',
    day: 'tomorrow',
  });
  expect(readBookState(bad)).toEqual({});
});

it('another tutor forgets the time that was chosen of the first, and keeps the subject and the reader’s zone', () => {
  const state = {
    program: id,
    subject: id,
    tutor: 'any',
    minutes: 60,
    day: '2026-03-10',
    start: '2026-03-10T15:00',
    zone: 'Asia/Tokyo',
  };
  const address = new URL(bookPath('/book', state, { tutor: id }), 'http://localhost');
  expect(readBookState(address.searchParams)).toEqual({ program: id, subject: id, tutor: id, zone: 'Asia/Tokyo' });
});

it('another day keeps all that was chosen before it', () => {
  const state = { program: id, subject: id, tutor: 'any', minutes: 60, day: '2026-03-10' };
  expect(bookPath('/book/embed', state, { day: '2026-03-11' })).toContain('minutes=60&day=2026-03-11');
});
