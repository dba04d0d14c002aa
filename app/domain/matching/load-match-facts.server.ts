import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { dateOf, dayNumber, dayOf, momentOf, weekdayOf } from '#app/domain/scheduling/local-days.ts';
import { subtract, union } from '#app/domain/scheduling/ranges.ts';
import { readSchedulingRules, schedulingRulesFor } from '#app/domain/scheduling/scheduling-rules.ts';
import { pairKey } from '#app/domain/scheduling/travel.ts';
import type { DB } from '#db/types.ts';
import type { MatchTerms, RequestFacts, TutorFacts, WeekSpan } from './match-facts.ts';
import {
  type Ground,
  type PlannedRow,
  type RequestRow,
  readGround,
  readPlanned,
  readRequests,
  readTutors,
  type TutorRow,
} from './match-rows.server.ts';
import { readMatchingRules } from './matching-rules.ts';
import { LOOKED_AT_WEEKS, type TutorTimes, toWeeks, type UsualWeek, usuallyPlanned, usualWeek, windowOf } from './usual-week.ts';
import { DAY, inAtLeast, WEEK } from './week-spans.ts';

export interface MatchMarket {
  /** In the order in which they were asked. */
  requests: RequestFacts[];
  /** Every active tutor as of the request's start; the same facts, read once, for all that start on one day. */
  tutorsFor(request: Pick<RequestFacts, 'startsOn'>): readonly TutorFacts[];
  terms: MatchTerms;
  /** The organisation's, which weekly times are said in. */
  zone: string;
}

/**
 * Everything matching looks at, for some requests or for all open ones, in a handful of statements whatever their number.
 * Left out are requests without a student or a subject.
 */
export async function loadMatchFacts(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  { requestIds }: { requestIds?: readonly string[] } = {},
): Promise<MatchMarket> {
  const now = ctx.clock();
  const [organisation, ground, rows] = await Promise.all([getOrganisation(db), readGround(db), readRequests(db, requestIds)]);
  const zone = organisation.timezone;
  const rules = readSchedulingRules(organisation.scheduling);
  const today = dateOf(dayOf(now.getTime(), zone));
  const knownMonday = mondayOf(dateOf(dayNumber(today) + rules.horizonDays - LOOKED_AT_WEEKS * 7));
  const starts = rows.map((row) => startOf(row, today));
  const mondays = [...starts.map(mondayOf), mondayOf(today)].sort();
  const first = [mondays[0] ?? today, knownMonday].sort()[0] ?? today;
  const from = new Date(windowOf(first, zone).start);
  const to = new Date(windowOf(mondays.at(-1) ?? today, zone).end);
  const studentIds = [...new Set(rows.map((row) => row.studentId))];
  const tutorRows = await readTutors(db, { from, to, studentIds, now });
  const planned = await readPlanned(db, { ids: [...tutorRows.map(({ id }) => id), ...studentIds], from, to });
  const when = (monday: string) => ({ monday, knownMonday, zone });

  const tutors = tutorRows.map((row) => {
    const times = timesOf(row, planned.get(row.id) ?? [], organisation.scheduling);
    const weeks = new Map<string, UsualWeek>();
    const weekOf = (monday: string): UsualWeek => {
      const known = weeks.get(monday) ?? usualWeek(times, when(monday));
      weeks.set(monday, known);
      return known;
    };
    const fixed = fixedFacts(row, times.maxMinutesPerWeek);
    return { at: (date: string): TutorFacts => ({ ...fixed, ...asOf(row, ground, { date, zone }), ...weekOf(mondayOf(date)) }) };
  });
  const byStart = new Map<string, TutorFacts[]>();
  return {
    requests: rows.map((row, i) => {
      const startsOn = starts[i] ?? today;
      const others = (planned.get(row.studentId) ?? []).filter(({ subjectId }) => subjectId !== row.subjectId);
      const taken = usuallyPlanned(others, when(mondayOf(startsOn)));
      return requestFacts(row, { startsOn, times: withoutTaken(timesAsked(row, startsOn, zone), taken) });
    }),
    tutorsFor({ startsOn }) {
      const known = byStart.get(startsOn) ?? tutors.map(({ at }) => at(startsOn));
      byStart.set(startsOn, known);
      return known;
    },
    terms: {
      weights: readMatchingRules(ground.matching).weights,
      gridMinutes: organisation.gridMinutes,
      travel: {
        ...rules.travel,
        table: new Map(ground.travel.map(({ a, b, minutes, miles }) => [pairKey(a, b), { minutes, miles }])),
      },
    },
    zone,
  };
}

const mondayOf = (date: string): string => dateOf(dayNumber(date) - weekdayOf(dayNumber(date)) + 1);

/** What should have begun begins today. */
const startOf = ({ startsOn }: RequestRow, today: string): string => (startsOn !== null && startsOn > today ? startsOn : today);

function requestFacts(row: RequestRow, { startsOn, times }: Pick<RequestFacts, 'startsOn' | 'times'>): RequestFacts {
  const { sessionMinutes, hoursPerWeek } = row;
  const byHours = hoursPerWeek === null ? 1 : Math.round((Number(hoursPerWeek) * 60) / sessionMinutes);
  return {
    id: row.id,
    ref: row.ref,
    studentId: row.studentId,
    studentName: row.studentName,
    subjectId: row.subjectId,
    subjectName: row.subjectName,
    levelId: row.levelId,
    levelName: row.levelName,
    programId: row.programId,
    mode: row.mode,
    place: row.place,
    sessionMinutes,
    sessionsPerWeek: row.sessionsPerWeek ?? Math.min(14, Math.max(1, byHours)),
    times,
    startsOn,
    endsOn: row.endsOn,
    urgency: row.urgency,
    wishes: { gender: row.wishGender, languages: row.wishLanguages, tutorId: row.wishTutorId, tagIds: row.tagIds },
    excludedTutorIds: row.excludedTutorIds,
    createdAt: row.createdAt,
  };
}

/** The weekly times in the organisation's wall time; of another zone, as its clocks stand to it in most of the first weeks. */
function timesAsked(row: RequestRow, startsOn: string, zone: string): RequestFacts['times'] {
  const ofKind = (wished: boolean) => {
    const spans = row.times
      .filter((time) => time.wished === wished)
      .map(({ weekday, startMinute, endMinute }) => ({
        start: (weekday - 1) * DAY + startMinute,
        end: (weekday - 1) * DAY + endMinute,
      }));
    return (row.zone === null || row.zone === zone ? spans : inZone(spans, row.zone, { monday: mondayOf(startsOn), zone })).map(
      (span) => ({ ...span, wished }),
    );
  };
  return [...ofKind(true), ...ofKind(false)];
}

function inZone(spans: readonly WeekSpan[], theirs: string, { monday, zone }: { monday: string; zone: string }): WeekSpan[] {
  const first = dayNumber(monday);
  const ranges = Array.from({ length: LOOKED_AT_WEEKS + 2 }, (_, week) =>
    spans.map(({ start, end }) => ({
      start: momentOf(first + (week - 1) * 7, start, theirs),
      end: momentOf(first + (week - 1) * 7, end, theirs),
    })),
  ).flat();
  return inAtLeast(LOOKED_AT_WEEKS - 1, toWeeks(ranges, first, zone).map(union));
}

/** What the student has already in a usual week can't be taught in; of the same subject it is what the request may replace. */
function withoutTaken(times: RequestFacts['times'], taken: readonly WeekSpan[]): RequestFacts['times'] {
  if (taken.length === 0) return times;
  const asked = times.length > 0 ? times : [{ start: 0, end: WEEK, wished: false }];
  return [true, false].flatMap((wished) =>
    subtract(
      asked.filter((time) => time.wished === wished),
      taken,
    ).map((span) => ({ ...span, wished })),
  );
}

function timesOf(row: TutorRow, planned: PlannedRow[], scheduling: unknown): TutorTimes & { maxMinutesPerWeek: number | null } {
  const rules = schedulingRulesFor({ organisation: scheduling, tutor: row.overrides });
  const own = row.maxHoursPerWeek === null ? null : Math.round(Number(row.maxHoursPerWeek) * 60);
  const limits = [own, rules.maxMinutesPerWeek].filter((limit) => limit !== null);
  return {
    zone: row.zone,
    bufferMinutes: row.bufferMinutes,
    rules: row.rules,
    exceptions: row.exceptions,
    timeOff: row.timeOff,
    unset: rules.unsetAvailability,
    planned,
    maxMinutesPerDay: rules.maxMinutesPerDay,
    maxMinutesPerWeek: limits.length === 0 ? null : Math.min(...limits),
    engagements: row.engagements,
  };
}

type Fixed = Omit<TutorFacts, keyof UsualWeek | 'lacking' | 'runningOut' | 'awayUntil'>;

function fixedFacts(row: TutorRow, maxMinutesPerWeek: number | null): Fixed {
  const { homeLatitude, homeLongitude } = row;
  return {
    id: row.id,
    name: row.name,
    zone: row.zone,
    levelsBySubject: new Map(row.subjects.map(({ subjectId, levelIds }) => [subjectId, levelIds])),
    online: row.online,
    inPerson: row.inPerson,
    home:
      homeLatitude === null || homeLongitude === null
        ? null
        : { id: `home of ${row.id}`, name: 'home', latitude: Number(homeLatitude), longitude: Number(homeLongitude) },
    reachMinutes: row.reachMinutes,
    gender: row.gender,
    languages: row.languages,
    tagIds: row.tagIds,
    maxMinutesPerWeek,
    bufferMinutes: row.bufferMinutes,
    wishedMinutesPerWeek: row.wishedHoursPerWeek === null ? null : Math.round(Number(row.wishedHoursPerWeek) * 60),
    sessionsWith: new Map(row.together.map(({ studentId, sessions }) => [studentId, sessions])),
    held: row.held,
    missed: row.missed,
  };
}

/** What hangs on the day a request starts. */
function asOf(
  row: TutorRow,
  { requiredClearances }: Ground,
  { date, zone }: { date: string; zone: string },
): Pick<TutorFacts, 'lacking' | 'runningOut' | 'awayUntil'> {
  const lacking: TutorFacts['lacking'] = { always: [], inPerson: [] };
  const runningOut: TutorFacts['runningOut'] = [];
  for (const { id, name, required } of requiredClearances) {
    const good = row.clearances.filter(({ typeId, until }) => typeId === id && (until === null || until >= date));
    if (good.length === 0) (required === 'always' ? lacking.always : lacking.inPerson).push(name);
    const ends = good.map(({ until }) => until);
    const on = ends.includes(null) ? undefined : ends.sort().at(-1);
    if (on) runningOut.push({ name, on, inPersonOnly: required === 'in_person' });
  }
  const day = { start: momentOf(dayNumber(date), 0, zone), end: momentOf(dayNumber(date) + 1, 0, zone) };
  const away = row.timeOff.filter(({ start, end }) => start < day.end && end > day.start).map(({ end }) => end);
  return {
    lacking,
    runningOut: runningOut.sort((a, b) => (a.on < b.on ? -1 : 1)),
    awayUntil: away.length === 0 ? null : dateOf(dayOf(Math.max(...away) - 1, row.zone)),
  };
}
