import { describe, expect, test } from 'vitest';
import { guestRoleOf, roleOf } from './seat.ts';

const place = (attendanceId: string, studentId: string, outcome = 'planned') => ({
  ...{ attendanceId, studentId, clientId: `payer of ${studentId}`, outcome },
});
const session = { tutorId: 'ana', places: [place('a', 'mia'), place('b', 'leo', 'late_cancel')] };
const nobody = { tutorId: null, clientIds: [], studentIds: [], guardedIds: [] };

describe('somebody’s part in a classroom', () => {
  test.each([
    ['the tutor is the host', { ...nobody, tutorId: 'ana' }, 'host'],
    [
      'a tutor who pays for a place of another tutor’s session is a guest',
      { ...nobody, tutorId: 'ben', studentIds: ['mia'] },
      'guest',
    ],
    ['the student is a guest', { ...nobody, studentIds: ['mia'] }, 'guest'],
    ['whoever pays is a guest', { ...nobody, clientIds: ['payer of mia'] }, 'guest'],
    ['whoever cares for the student is a guest', { ...nobody, guardedIds: ['mia'] }, 'guest'],
    ['whose place was cancelled has none', { ...nobody, studentIds: ['leo'] }, 'cancelled'],
    ['with one child of two still in it they have one', { ...nobody, studentIds: ['leo', 'mia'] }, 'guest'],
    ['the office looks on', nobody, 'observer'],
  ])('%s', (_what, person, role) => {
    expect(roleOf(session, person)).toBe(role);
  });

  test('a link is good for its place while that is there', () => {
    expect(['a', 'b', 'c'].map((attendanceId) => guestRoleOf(session, attendanceId))).toEqual([
      'guest',
      'cancelled',
      'cancelled',
    ]);
  });
});
