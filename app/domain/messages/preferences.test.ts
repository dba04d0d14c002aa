import { expect, it } from 'vitest';
import { readMessageRules } from './message-rules.ts';
import { isWanted, type Preference, preferenceKey, reminderMinutes } from './preferences.ts';

const said = (preference: Partial<Preference>, kind: 'money-notices' | 'reminders' = 'reminders') =>
  new Map([[preferenceKey('Mary@example.org', kind), { wanted: true, minutesBefore: null, ...preference }]]);
const rules = readMessageRules({ remind_family: [60, 1440], remind_tutor: [120] });

it('who has said nothing gets every mail', () => {
  expect(isWanted(new Map(), 'mary@example.org', 'credits-low')).toBe(true);
});

it('a mail that was declined is not wanted, however the address is written, and no other is meant', () => {
  const declined = said({ wanted: false }, 'money-notices');
  expect(isWanted(declined, 'mary@EXAMPLE.org', 'credits-low')).toBe(false);
  expect(isWanted(declined, 'john@example.org', 'credits-low')).toBe(true);
});

it('an invoice can’t be declined', () => {
  const all = new Map([[preferenceKey('mary@example.org', 'required'), { wanted: false, minutesBefore: null }]]);
  expect(isWanted(all, 'mary@example.org', 'invoice')).toBe(true);
});

it('reminders come at the company’s times, the longest first', () => {
  expect(reminderMinutes(new Map(), 'mary@example.org', 'client', rules)).toEqual([1440, 60]);
});

it('a family that chose its own times is reminded then, a tutor as the company says', () => {
  const own = said({ minutesBefore: [30, 180] });
  expect(reminderMinutes(own, 'mary@example.org', 'client', rules)).toEqual([180, 30]);
  expect(reminderMinutes(own, 'mary@example.org', 'tutor', rules)).toEqual([120]);
});

it('where families don’t choose, times they chose before are passed over; that they want none is not', () => {
  const fixed = { ...rules, families_choose: false };
  expect(reminderMinutes(said({ minutesBefore: [30] }), 'mary@example.org', 'client', fixed)).toEqual([1440, 60]);
  expect(reminderMinutes(said({ wanted: false }), 'mary@example.org', 'client', fixed)).toEqual([]);
});
