import { describe, expect, it } from 'vitest';
import { dueStep, fillWords } from './due-step.ts';

const steps = [
  { id: 'soon', daysAfterDue: -3 },
  { id: 'first', daysAfterDue: 7 },
  { id: 'second', daysAfterDue: 21 },
];
const due = (days: number, sent: string[] = []) => dueStep(steps, days, new Set(sent))?.id;

describe('the reminder an invoice is due for', () => {
  it('is the latest whose day has come', () => {
    expect([-4, -3, 0, 6, 7, 20, 21, 100].map((days) => due(days))).toEqual([
      ...[undefined, 'soon', 'soon', undefined, 'first', 'first', 'second', 'second'],
    ]);
  });

  it('is none when it was sent, and a step that was missed is not made up for', () => {
    expect(due(8, ['first'])).toBeUndefined();
    expect(due(30, ['second'])).toBeUndefined();
    expect(due(25, ['first'])).toBe('second');
  });

  it('speaks of its own invoice', () => {
    const values = { number: 'INV-1', open: '€20.00', due: '3 May', family: 'Žižek' };
    expect(fillWords('{family}: {open} of {number} was due on {due}, {other}', values)).toBe(
      'Žižek: €20.00 of INV-1 was due on 3 May, {other}',
    );
  });
});
