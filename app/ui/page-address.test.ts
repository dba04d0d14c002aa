import { expect, test } from 'vitest';
import { needsServer } from './page-address.ts';

const step = (from: string, to: string, formMethod?: 'GET' | 'POST', formAction?: string) =>
  needsServer({
    formAction,
    currentUrl: new URL(from, 'https://lectern.test'),
    nextUrl: new URL(to, 'https://lectern.test'),
    formMethod,
    defaultShouldRevalidate: true,
  });

test('filters and drawers of the board ask the server for nothing, other days do', () => {
  expect(step('/office/board', '/office/board?q=Ada')).toBe(false);
  expect(step('/office/board?date=2026-03-02&q=Ada', '/office/board?date=2026-03-02&session=1')).toBe(false);
  expect(step('/office/board', '/office/board?date=2026-03-02')).toBe(true);
  expect(step('/office/board?view=day', '/office/board')).toBe(true);
});

test('what is booked on the board leaves the frame around it as it was', () => {
  expect(step('/office/board', '/office/board', 'POST', '/office/board/book')).toBe(false);
  expect(step('/office/sessions/1', '/office/sessions/1', 'POST', '/office/sessions/1')).toBe(true);
});

test('the same address again, what is sent, and every other page ask as usual', () => {
  expect(step('/office/board?q=Ada', '/office/board?q=Ada')).toBe(true);
  expect(step('/office/board', '/office/board?q=Ada', 'POST')).toBe(true);
  expect(step('/office', '/office/board')).toBe(true);
  expect(step('/office/students', '/office/students?q=Ada')).toBe(true);
});
