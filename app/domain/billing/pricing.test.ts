import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRate, type Rate, type RateQuestion, specificity } from './pricing.ts';

const rate = (over: Partial<Rate>): Rate => ({
  id: 'r',
  side: 'charge',
  programId: null,
  subjectId: null,
  tutorId: null,
  studentId: null,
  basis: 'per_hour',
  amountPerHour: 5000n,
  percent: null,
  minimum: null,
  validFrom: '2026-01-01',
  validTo: null,
  ...over,
});
const question: RateQuestion = {
  side: 'charge',
  programId: 'p',
  subjectId: 's',
  tutorId: 't',
  studentId: 'u',
  date: '2026-03-10',
};
const choose = (...rates: Rate[]) => chooseRate(rates, question)?.rateId;

const scoped = fc.record({
  programId: fc.constantFrom('p', null),
  subjectId: fc.constantFrom('s', null),
  tutorId: fc.constantFrom('t', null),
  studentId: fc.constantFrom('u', null),
});

describe('the rate of a session', () => {
  it('a student outweighs tutor, subject and program together; a tutor outweighs subject and program', () => {
    expect(
      choose(rate({ id: 'rest', tutorId: 't', subjectId: 's', programId: 'p' }), rate({ id: 'student', studentId: 'u' })),
    ).toBe('student');
    expect(choose(rate({ id: 'rest', subjectId: 's', programId: 'p' }), rate({ id: 'tutor', tutorId: 't' }))).toBe('tutor');
    expect(choose(rate({ id: 'program', programId: 'p' }), rate({ id: 'subject', subjectId: 's' }))).toBe('subject');
  });

  it('no matching row that is more specific exists than the one chosen, whatever the order of the rows', () => {
    fc.assert(
      fc.property(fc.uniqueArray(scoped, { selector: specificity, minLength: 1 }), (scopes) => {
        const rates = scopes.map((scope, index) => rate({ ...scope, id: String(index) }));
        const best = Math.max(...rates.map(specificity));
        const chosen = rates.find((one) => one.id === chooseRate(rates, question)?.rateId);
        expect(chosen && specificity(chosen)).toBe(best);
        expect(chooseRate([...rates].reverse(), question)?.rateId).toBe(chosen?.id);
      }),
    );
  });

  it('a rate holds from its first day up to, and not on, its last', () => {
    const old = rate({ id: 'old', validTo: '2026-03-10' });
    const next = rate({ id: 'new', validFrom: '2026-03-10' });
    expect(choose(old, next)).toBe('new');
    expect(chooseRate([old, next], { ...question, date: '2026-03-09' })?.rateId).toBe('old');
    expect(chooseRate([old], question)).toBeUndefined();
  });

  it('a row of another student, tutor, subject, program or side never holds', () => {
    for (const other of [
      { studentId: 'x' },
      { tutorId: 'x' },
      { subjectId: 'x' },
      { programId: 'x' },
      { side: 'pay' as const },
    ]) {
      expect(chooseRate([rate(other)], question)).toBeUndefined();
    }
  });

  it("a student's pay row does not speak for a session planned for several", () => {
    const rates = [rate({ id: 'student', side: 'pay', studentId: 'u' }), rate({ id: 'any', side: 'pay' })];
    expect(chooseRate(rates, { ...question, side: 'pay', studentId: undefined })?.rateId).toBe('any');
  });

  it('without a row there is no rate, and not a rate of 0', () => {
    expect(chooseRate([], question)).toBeUndefined();
    expect(chooseRate([rate({ amountPerHour: 0n })], question)?.amountPerHour).toBe(0n);
  });
});
