import { expect, it } from 'vitest';
import { hangingWords } from './reference-words.ts';

it('what hangs on a person is counted in words, one and many', () => {
  expect(
    hangingWords([
      { table: 'charge', count: 3 },
      { table: 'course_enrolment', count: 2 },
      { table: 'offer_tutor', count: 1 },
    ]),
  ).toBe('3 charges, 2 course enrolments, 1 offer');
});
