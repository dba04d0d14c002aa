import { repeatOf, ruleOf, timeOfMinute } from '#app/domain/scheduling/repeat.ts';
import { shiftRule } from '#app/domain/scheduling/shift-rule.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import type { SeriesDetail } from '#app/domain/series/queries.server.ts';
import type { EditSeriesInput } from '#app/domain/series/series.schema.ts';
import { endOf, noRepeat, type RepeatValues, typedRepeat } from '../series-pages/repeat-values.ts';

/** The form of a change of a series, as typed. */
export interface EditValues {
  scope: 'following' | 'all';
  /** The day the rule gave the first one that is changed. */
  from: string;
  /** The day it is to be on: what "the same weekday" and "the same date" are taken from. */
  day: string;
  time: string;
  durationMinutes: string;
  tutorId: string;
  title: string;
  location: string;
  description: string;
  overrule: boolean;
  repeat: RepeatValues;
}

const one = (text: string | null, allowed: (text: string) => boolean, otherwise: string) =>
  text !== null && allowed(text) ? text : otherwise;

const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** The form as it is opened: of the series, with what the page that led here had typed of one session. */
export function openEdit(series: SeriesDetail, params: URLSearchParams, next: string): EditValues {
  const from = one(params.get('from'), isLocalDate, next);
  const day = one(params.get('day'), isLocalDate, from);
  const shifted = shiftRule(series.rrule, from, day);
  const form = shifted === undefined || shifted === series.rrule ? undefined : repeatOf(shifted);
  return {
    scope: params.get('scope') === 'all' ? 'all' : 'following',
    from,
    day,
    time: one(params.get('time'), isTime, timeOfMinute(series.startMinute)),
    durationMinutes: one(params.get('minutes'), (text) => /^\d{1,4}$/.test(text), String(series.durationMinutes)),
    tutorId: params.get('tutor') ?? series.tutorId,
    title: params.get('title') ?? series.title,
    location: params.get('location') ?? series.location,
    description: params.get('description') ?? series.description,
    overrule: false,
    repeat: { ...noRepeat, ends: '', repeat: form?.repeat ?? '', weekdays: form ? [...form.weekdays] : [] },
  };
}

export function typedEdit(form: FormData): EditValues {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const from = text('from');
  return {
    scope: text('scope') === 'all' ? 'all' : 'following',
    from,
    day: isLocalDate(text('day')) ? text('day') : from,
    time: text('time').slice(0, 5),
    durationMinutes: text('durationMinutes'),
    tutorId: text('tutorId'),
    title: text('title'),
    location: text('location'),
    description: text('description'),
    overrule: form.get('overrule') === 'on',
    repeat: typedRepeat(form),
  };
}

/** What the domain takes of it, or what is wrong at which field. What is as it was is left out. */
export function editChange(
  values: EditValues,
  series: Pick<SeriesDetail, 'rrule' | 'startMinute' | 'durationMinutes' | 'tutorId' | 'title' | 'location' | 'description'>,
): { change: EditSeriesInput['change'] } | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  if (!isTime(values.time)) errors.time = 'Choose a time';
  if (!isLocalDate(values.from)) errors.from = 'Choose a session';
  const end = values.repeat.ends === '' ? undefined : endOf(values.repeat);
  if (end && 'errors' in end) Object.assign(errors, end.errors);
  if (Object.keys(errors).length > 0) return { errors };
  const { repeat, weekdays } = values.repeat;
  const rrule = repeat === '' ? series.rrule : ruleOf({ repeat, weekdays }, values.day);
  const differs = <T>(value: T, was: T) => (value === was ? undefined : value);
  return {
    change: {
      rrule: same(rrule, series.rrule) ? undefined : rrule,
      time: differs(values.time, timeOfMinute(series.startMinute)),
      durationMinutes: differs(Number(values.durationMinutes), series.durationMinutes),
      tutorId: differs(values.tutorId, series.tutorId),
      title: differs(values.title, series.title),
      location: differs(values.location, series.location),
      description: differs(values.description, series.description),
      ...(end && 'end' in end ? { end: end.end } : {}),
    },
  };
}

/** Written otherwise a rule can be the same one. */
function same(a: string, b: string): boolean {
  const form = repeatOf(b);
  const other = repeatOf(a);
  if (a === b) return true;
  if (!form || !other || form.repeat !== other.repeat) return false;
  return (form.repeat === 'weekly' || form.repeat === 'fortnightly') && form.weekdays.join() === other.weekdays.join();
}
