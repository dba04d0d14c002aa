import { data, redirect } from '@remix-run/node';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { setAvailabilitySchema } from '#app/domain/scheduling/availability.schema.ts';
import { listRules } from '#app/domain/scheduling/availability-queries.server.ts';
import { listSessions } from '#app/domain/scheduling/queries.server.ts';
import { readSchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import { type StaleWeek, setAvailability } from '#app/domain/scheduling/set-availability.server.ts';
import { addDays, instantToWall, isLocalDate, localDateOf, startOfDay } from '#app/domain/scheduling/wall-time.ts';
import {
  DAY_MINUTES,
  planOn,
  plansFrom,
  WEEKDAYS,
  type WeekPlan,
  weekdayOf,
  weekMinutes,
  weekStamp,
} from '#app/domain/scheduling/week-plan.ts';
import { type HourRow, minuteOf, mondayToFriday, readRows, rowsOf } from '#app/domain/scheduling/week-rows.ts';
import { cityOf } from '#app/ui/format.ts';
import { minutesText } from '#app/ui/session-length.ts';
import { stampText } from '#app/ui/session-when.ts';
import { weekWords } from './week-words.server.ts';
import type { AvailabilityPage } from './whose-hours.server.ts';

/** A session of the next seven days, where it lies in the picture of a week. */
export interface BookedPart {
  weekday: number;
  start: number;
  end: number;
  title: string;
}

export interface WeekAnswer {
  rows: HourRow[];
  errors: Record<string, string>;
  message: string;
  /** Other hours were saved meanwhile; sent again with this, the ones typed are saved over them. */
  stale: { stamp: string; at: string | null } | null;
}

export async function loadWeek({ whose, organisation, reader, context }: AvailabilityPage, request: Request) {
  const { tutor } = whose;
  const params = new URL(request.url).searchParams;
  const today = localDateOf(reader.now, tutor.zone);
  const rules = await listRules(context.db, tutor.id);
  const plans = plansFrom(rules, today);
  const chosen = chosenPlan(plans, params, today, (day) => planOn(rules, day));
  const bookedFrom = chosen.plan.from !== null && chosen.plan.from > today ? chosen.plan.from : today;
  const sessions = await listSessions(context.db, {
    tutorId: tutor.id,
    endsAfter: startOfDay(bookedFrom, tutor.zone),
    to: startOfDay(addDays(bookedFrom, 7), tutor.zone),
    statuses: ['requested', 'scheduled'],
  });
  return {
    ...whose,
    zoneName: cityOf(tutor.zone),
    ...weekWords(reader.locale),
    plans: plans.map((plan) => ({
      key: keyOf(plan, today),
      name: planName(plan, today, reader.locale),
      hours: minutesText(weekMinutes(plan.spans)),
    })),
    chosen: {
      key: keyOf(chosen.plan, today),
      name: planName(chosen.plan, today, reader.locale),
      from: keyOf(chosen.plan, today),
      until: chosen.isNew && chosen.plan.to !== null ? addDays(chosen.plan.to, -1) : '',
      rows: rowsOf(chosen.plan.spans),
      isNew: chosen.isNew,
      removable: !chosen.isNew && keyOf(chosen.plan, today) !== '',
    },
    stamp: weekStamp(rules),
    isSet: rules.length > 0,
    unset: readSchedulingRules(organisation.scheduling).unsetAvailability,
    booked: sessions.flatMap((session) => bookedParts(session, tutor.zone, bookedFrom)),
    tomorrow: addDays(today, 1),
    saved: params.has('saved'),
  };
}
export type WeekData = Awaited<ReturnType<typeof loadWeek>>;

/** Empty for the hours that hold today. */
const keyOf = (plan: WeekPlan, today: string) => (plan.from !== null && plan.from > today ? plan.from : '');

function chosenPlan(
  plans: readonly WeekPlan[],
  params: URLSearchParams,
  today: string,
  hoursOn: (day: string) => WeekPlan['spans'],
): { plan: WeekPlan; isNew: boolean } {
  const present = plans[0] ?? { from: null, to: null, spans: [] };
  const asked = params.get('from') ?? '';
  if (!isLocalDate(asked) || asked <= today) return { plan: present, isNew: false };
  const there = plans.find((plan) => plan.from === asked);
  if (there) return { plan: there, isNew: false };
  const until = params.get('until') ?? '';
  const to = isLocalDate(until) && until >= asked ? addDays(until, 1) : null;
  return { plan: { from: asked, to, spans: hoursOn(asked) }, isNew: true };
}

function planName({ from, to }: WeekPlan, today: string, locale: string): string {
  const day = (date: string) =>
    new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${date}T12:00:00Z`),
    );
  const until = to === null ? '' : ` until ${day(addDays(to, -1))}`;
  return from !== null && from > today ? `From ${day(from)}${until}` : `Now${until}`;
}

/** Over midnight a session is on two days; what lies outside the seven days is left away. */
function bookedParts(
  session: { startsAt: Date; endsAt: Date; title: string; subjectName: string },
  zone: string,
  from: string,
): BookedPart[] {
  const title = session.title || session.subjectName;
  const [startDate = '', startTime = ''] = instantToWall(session.startsAt, zone).split('T');
  const [endDate = '', endTime = ''] = instantToWall(session.endsAt, zone).split('T');
  const [start, end] = [minuteOf(startTime) ?? 0, minuteOf(endTime) ?? 0];
  const parts =
    startDate === endDate
      ? [{ date: startDate, start, end }]
      : [
          { date: startDate, start, end: DAY_MINUTES },
          { date: endDate, start: 0, end },
        ];
  return parts
    .filter((part) => part.date >= from && part.date < addDays(from, 7) && part.end > part.start)
    .map(({ date, ...part }) => ({ ...part, weekday: weekdayOf(date), title }));
}

export async function saveWeek({ whose, context, actor, reader }: AvailabilityPage, request: Request) {
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  const typed = WEEKDAYS.flatMap((weekday) => {
    const to = form.getAll(`to.${weekday}`).map(String);
    return form.getAll(`from.${weekday}`).map((from, line) => ({ weekday, from: String(from), to: to[line] ?? '' }));
  }).filter(({ from, to }) => from !== '' || to !== '');
  const rows = form.has('mondayToFriday') ? mondayToFriday(typed) : typed;
  const refuse = (status: number, answer: Omit<WeekAnswer, 'rows' | 'stale'> & { stale?: WeekAnswer['stale'] }) =>
    data<WeekAnswer>({ rows, stale: null, ...answer }, { status });
  const { spans, errors } = readRows(rows);
  const remove = text('intent') === 'remove';
  if (!remove && Object.keys(errors).length > 0) return refuse(400, { errors, message: 'Some hours can’t be read.' });
  const read = setAvailabilitySchema.safeParse({
    tutorId: whose.tutor.id,
    stamp: text('stamp'),
    from: text('from'),
    until: text('until'),
    spans: remove ? 'before' : spans,
  });
  if (!read.success) {
    const issues = Object.fromEntries(read.error.issues.map((issue) => [String(issue.path[0]), issue.message]));
    return refuse(400, { errors: issues, message: 'These hours can’t be saved yet.' });
  }
  try {
    await setAvailability(context.db, context, actor, read.data);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const stale = error.code === 'conflict' ? (error.details as StaleWeek) : null;
    return refuse(statusOf(error), {
      errors: error.field ? { [error.field]: error.message } : {},
      message: error.message,
      stale: stale && { stamp: stale.stamp, at: stale.at === null ? null : stampText(reader, new Date(stale.at)) },
    });
  }
  const from = remove ? '' : (read.data.from ?? '');
  return redirect(`${whose.base}?${new URLSearchParams({ ...(from ? { from } : {}), saved: '1' })}`);
}
