import { DomainError } from './errors.ts';

/**
 * A form that comes again is done once. One that comes again with something else in it, as after going back in the
 * browser, is refused: passed over in silence it would look as if it had been done.
 * @throws DomainError conflict
 */
export function assertSentBefore<T extends Record<string, unknown>>(before: T, now: T): void {
  if (Object.keys(before).every((key) => before[key] === now[key])) return;
  throw new DomainError(
    'conflict',
    'This form was sent already, with something else in it. Load the page again and enter it anew.',
  );
}
