import { WEEKDAYS, type Weekday } from '#app/domain/scheduling/recurrence.ts';
import { REPEATS, type Repeat } from '#app/domain/scheduling/repeat.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

/** The fields of how something repeats, as typed. */
export interface RepeatValues {
  /** Empty: it does not repeat. */
  repeat: Repeat | '';
  weekdays: Weekday[];
  /** Empty: as it is now, of a series that is changed. */
  ends: 'open' | 'until' | 'count' | '';
  until: string;
  count: string;
}

export const noRepeat: RepeatValues = { repeat: '', weekdays: [], ends: 'open', until: '', count: '' };

export function typedRepeat(form: FormData): RepeatValues {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const chosen = form.getAll('weekdays');
  return {
    repeat: REPEATS.find((repeat) => repeat === text('repeat')) ?? '',
    weekdays: WEEKDAYS.filter((weekday) => chosen.includes(weekday)),
    ends: (['open', 'until', 'count'] as const).find((ends) => ends === text('ends')) ?? '',
    until: text('until'),
    count: text('count'),
  };
}

export interface SeriesEnd {
  untilOn: string | null;
  occurrences: number | null;
}

/** When it ends, or what is wrong at which field. */
export function endOf({ ends, until, count }: RepeatValues): { end: SeriesEnd } | { errors: Record<string, string> } {
  if (ends === 'until') {
    if (!isLocalDate(until)) return { errors: { until: 'Enter the last day' } };
    return { end: { untilOn: until, occurrences: null } };
  }
  if (ends === 'count') {
    if (!/^\d{1,9}$/.test(count) || Number(count) < 1) return { errors: { count: 'Enter how many sessions' } };
    return { end: { untilOn: null, occurrences: Number(count) } };
  }
  return { end: { untilOn: null, occurrences: null } };
}
