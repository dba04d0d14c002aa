import { type RuleParts, readRule, WEEKDAYS, type Weekday, weekdayOf } from './recurrence.ts';
import { repeatOf, ruleOf } from './repeat.ts';

/**
 * The rule of a series of which one session was moved to another day: its weekday instead of the former, the same place in
 * the month. Undefined where a rule of several kinds of days leaves it open.
 */
export function shiftRule(rrule: string, from: string, to: string): string | undefined {
  if (from === to) return rrule;
  const form = repeatOf(rrule);
  if (!form) return undefined;
  if (form.repeat !== 'weekly' && form.repeat !== 'fortnightly') return ruleOf(form, to);
  const [former, next] = [weekdayOf(from), weekdayOf(to)];
  if (former === next) return rrule;
  const weekdays = WEEKDAYS.filter((day) => day === next || (day !== former && has(readRule(rrule), day)));
  return ruleOf({ ...form, weekdays }, to);
}

const has = (rule: RuleParts, day: Weekday) => rule.byDay.some(({ weekday }) => weekday === day);
