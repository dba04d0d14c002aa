import { describe, expect, it } from 'vitest';
import { asPlanned, closeOutInput, closeOutValues, differsFromPlan, typedCloseOut } from './session-close-out-values.ts';

const session = {
  wallStart: '2026-11-23T16:00:00',
  durationMinutes: 60,
  places: [
    { studentId: 'a', studentName: 'Anna', outcome: 'planned' },
    { studentId: 'b', studentName: 'Ben', outcome: 'late_cancel' },
    { studentId: 'c', studentName: 'Chris', outcome: 'planned' },
  ],
  closeOut: null,
};

const form = (fields: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

describe('the close-out form', () => {
  it('opens with the plan, and asks only for the students who did not cancel', () => {
    const values = closeOutValues(session);
    expect(values).toMatchObject({ actualWallStart: '2026-11-23T16:00', actualMinutes: '60' });
    expect(values.students.map(({ studentId, outcome }) => [studentId, outcome])).toEqual([
      ['a', 'attended'],
      ['c', 'attended'],
    ]);
  });

  it('keeps every word that was typed, also what it will refuse', () => {
    const typed = typedCloseOut(
      form({ actualMinutes: 'an hour', notes: 'Fractions', 'outcome.a': 'no_show', 'note.c': 'Well done' }),
      closeOutValues(session),
    );
    expect(typed.actualMinutes).toBe('an hour');
    expect(typed.notes).toBe('Fractions');
    expect(typed.students).toMatchObject([
      { studentId: 'a', name: 'Anna', outcome: 'no_show', note: '' },
      { studentId: 'c', name: 'Chris', outcome: 'attended', note: 'Well done' },
    ]);
    expect(closeOutInput('s', typed).actualMinutes).toBeNaN();
  });

  it('an answer for a student who is not in the session is not heard', () => {
    const typed = typedCloseOut(form({ 'outcome.zzz': 'no_show', 'outcome.b': 'attended' }), closeOutValues(session));
    expect(closeOutInput('s', typed).attendance.map((row) => row.studentId)).toEqual(['a', 'c']);
  });

  it('as planned takes times and outcomes from the plan and the words from the form', () => {
    const planned = closeOutValues(session);
    const typed = typedCloseOut(form({ actualMinutes: '45', notes: 'Fractions', 'outcome.a': 'no_show' }), planned);
    const input = closeOutInput('s', asPlanned(typed, planned));
    expect(input).toMatchObject({ actualWallStart: '2026-11-23T16:00', actualMinutes: 60, notes: 'Fractions' });
    expect(input.attendance.every((row) => row.outcome === 'attended')).toBe(true);
  });

  it('tells what differs from the plan from words that go with it', () => {
    const planned = closeOutValues(session);
    const differs = (fields: Record<string, string>) => differsFromPlan(typedCloseOut(form(fields), planned), planned);
    expect(differs({ notes: 'Fractions', homework: 'Page 3', 'rating.a': '5', paidMinutes: '60' })).toBe(false);
    expect(differs({ actualMinutes: '45' })).toBe(true);
    expect(differs({ actualWallStart: '2026-11-23T16:12' })).toBe(true);
    expect(differs({ paidMinutes: '30' })).toBe(true);
    expect(differs({ 'outcome.c': 'no_show' })).toBe(true);
  });

  it('opens a close-out that was sent back with what was said in it', () => {
    const values = closeOutValues({
      ...session,
      places: [{ studentId: 'a', studentName: 'Anna', outcome: 'no_show', note: 'Rang twice' }],
      closeOut: {
        actualWallStart: '2026-11-23T16:10',
        actualMinutes: 50,
        miles: '3.5',
        notes: 'N',
        privateNote: 'P',
        homework: 'H',
        nextTopics: 'T',
      },
    });
    expect(values).toMatchObject({ actualWallStart: '2026-11-23T16:10', actualMinutes: '50', miles: '3.5', privateNote: 'P' });
    expect(values.students).toMatchObject([{ studentId: 'a', name: 'Anna', outcome: 'no_show', note: 'Rang twice' }]);
  });
});
