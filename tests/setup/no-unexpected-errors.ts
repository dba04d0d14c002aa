import { afterEach, beforeEach, expect, vi } from 'vitest';

/**
 * An error on the console that no test expects fails it. A test that expects one says so first:
 * `vi.spyOn(console, 'error').mockImplementation(() => {})`, and checks what came.
 */
const written: unknown[][] = [];
const original = console.error;

beforeEach(() => {
  written.length = 0;
  console.error = (...args: unknown[]) => {
    written.push(args);
  };
});

afterEach(() => {
  vi.restoreAllMocks();
  console.error = original;
  expect(written, 'errors on the console').toEqual([]);
});
