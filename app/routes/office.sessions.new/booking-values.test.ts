import { describe, expect, it } from 'vitest';
import { bookingInput, canCheck, newBooking, typedBooking } from './booking-values.ts';

const id = (digit: string) => `${digit.repeat(8)}-1111-7111-8111-${digit.repeat(12)}`;

const typed = (over: Record<string, string | string[]> = {}) => {
  const form = new FormData();
  const fields = {
    id: id('9'),
    programId: id('1'),
    subjectId: id('2'),
    tutorId: id('3'),
    studentIds: [id('4')],
    date: '2026-11-23',
    time: '16:00',
    durationMinutes: '60',
    mode: 'online',
    billable: 'on',
    ...over,
  };
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
  return typedBooking(form);
};

const rules = { currency: 'EUR', maySetCharge: true, maySetPay: true };
const errorsOf = (over: Record<string, string | string[]>, own = rules) => {
  const result = bookingInput(typed(over), own);
  return 'errors' in result ? result.errors : {};
};

describe('the booking form', () => {
  it('gives the domain the wall time as typed, and the id that makes a double click one session', () => {
    const result = bookingInput(typed(), rules);
    expect(result).toMatchObject({
      input: { id: id('9'), wallStart: '2026-11-23T16:00', durationMinutes: 60, billable: true, studentIds: [id('4')] },
    });
  });

  it.each([
    ['tutorId', { tutorId: '' }],
    ['studentIds', { studentIds: [] }],
    ['subjectId', { subjectId: '' }],
    ['programId', { programId: 'x' }],
    ['date', { date: '' }],
    ['time', { time: '' }],
    ['time', { time: '25:00' }],
    ['durationMinutes', { durationMinutes: 'long' }],
    ['location', { mode: 'in_person', location: '' }],
    ['placeId', { mode: 'in_person', placeId: 'here' }],
    ['chargeRate', { chargeRate: 'cheap', rateReason: 'Friend' }],
    ['payRate', { payRate: '12.345', rateReason: 'Friend' }],
    ['rateReason', { chargeRate: '40', rateReason: '' }],
  ])('a wrong %s is said at its field', (field, over) => {
    expect(Object.keys(errorsOf(over))).toContain(field);
  });

  it('a rate is minor units, with a comma or a point', () => {
    expect(bookingInput(typed({ chargeRate: '45,50', rateReason: 'Sibling' }), rules)).toMatchObject({
      input: { chargeRateOverride: 4550n, rateOverrideReason: 'Sibling' },
    });
  });

  it('a rate of pay from somebody who may not see it is not heard', () => {
    const result = bookingInput(typed({ payRate: '99', rateReason: 'Please' }), { ...rules, maySetPay: false });
    expect(result).toHaveProperty('input');
    expect(result).not.toHaveProperty('input.payRateOverride');
  });

  it('a dry run waits until tutor, student, subject and time are chosen', () => {
    expect(canCheck(typed())).toBe(true);
    expect(canCheck(typed({ tutorId: '' }))).toBe(false);
    expect(canCheck(typed({ time: '' }))).toBe(false);
    expect(canCheck(typed({ studentIds: [] }))).toBe(false);
  });

  it('a link can say for whom and when', () => {
    const values = newBooking(new URLSearchParams('student=a&student=b&tutor=t&start=2026-12-01T09:30'), {
      id: 'i',
      date: '2026-11-23',
      programId: 'p',
      durationMinutes: '60',
    });
    expect(values).toMatchObject({ studentIds: ['a', 'b'], tutorId: 't', date: '2026-12-01', time: '09:30', programId: 'p' });
  });
});
