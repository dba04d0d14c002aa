import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { mondayOf as mondayOfDay } from '#app/domain/scheduling/fit.ts';
import { dateOf, dayNumber, dayOf, momentOf } from '#app/domain/scheduling/local-days.ts';
import { readSchedulingRules, schedulingRulesFor } from '#app/domain/scheduling/scheduling-rules.ts';
import { pairKey } from '#app/domain/scheduling/travel.ts';
import type { DB } from '#db/types.ts';
import type { MatchTerms, TutorFacts, WeekSpan } from './match-facts.ts';
import { type Ground, type PlannedRow, readGround, readPlanned, readTutors, type TutorRow } from './match-rows.server.ts';
import { readMatchingRules } from './matching-rules.ts';
import { LOOKED_AT_WEEKS, type TutorTimes, type UsualWeek, usuallyPlanned, usualWeek, windowOf } from './usual-week.ts';

export interface TutorMarket {
  /** What should have begun, or has no start, begins today. */
  startOf(date: string | null): string;
  /** Every active tutor as of a start; the same facts, made once, for all that start on one day. */
  tutorsFor(of: { startsOn: string }): readonly TutorFacts[];
  /** When a student usually has something else from a start on. */
  takenOf(studentId: string, of: { startsOn: string; exceptSubjectId: string }): WeekSpan[];
  terms: MatchTerms;
  /** The organisation's, which weekly times are said in. */
  zone: string;
}

/** Every active tutor as matching sees them, for what starts on some days with some students; in four statements. */
export async function loadTutorFacts(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  of: { startsOn: readonly (string | null)[]; studentIds: readonly string[] },
): Promise<TutorMarket> {
  const now = ctx.clock();
  const [organisation, ground] = await Promise.all([getOrganisation(db), readGround(db)]);
  const zone = organisation.timezone;
  const rules = readSchedulingRules(organisation.scheduling);
  const today = dateOf(dayOf(now.getTime(), zone));
  const startOf = (date: string | null) => (date !== null && date > today ? date : today);
  const knownMonday = mondayOf(dateOf(dayNumber(today) + rules.horizonDays - LOOKED_AT_WEEKS * 7));
  const mondays = [today, ...of.startsOn.map(startOf)].map(mondayOf).sort();
  const first = [mondays[0] ?? today, knownMonday].sort()[0] ?? today;
  const from = new Date(windowOf(first, zone).start);
  const to = new Date(windowOf(mondays.at(-1) ?? today, zone).end);
  const rows = await readTutors(db, { from, to, studentIds: of.studentIds, now });
  const planned = await readPlanned(db, { ids: [...rows.map(({ id }) => id), ...of.studentIds], from, to });
  const when = (monday: string) => ({ monday, knownMonday, zone });
  const tutors = rows.map((row) => {
    const times = timesOf(row, planned.get(row.id) ?? [], organisation.scheduling);
    const weeks = new Map<string, UsualWeek>();
    const weekOf = (monday: string): UsualWeek => {
      const known = weeks.get(monday) ?? usualWeek(times, when(monday));
      weeks.set(monday, known);
      return known;
    };
    const fixed = fixedFacts(row, times.maxMinutesPerWeek);
    return (date: string): TutorFacts => ({ ...fixed, ...asOf(row, ground, { date, zone }), ...weekOf(mondayOf(date)) });
  });
  const byStart = new Map<string, TutorFacts[]>();
  return {
    startOf,
    tutorsFor({ startsOn }) {
      const known = byStart.get(startsOn) ?? tutors.map((at) => at(startsOn));
      byStart.set(startsOn, known);
      return known;
    },
    takenOf(studentId, { startsOn, exceptSubjectId }) {
      const others = (planned.get(studentId) ?? []).filter(({ subjectId }) => subjectId !== exceptSubjectId);
      return usuallyPlanned(others, when(mondayOf(startsOn)));
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

export const mondayOf = (date: string): string => mondayOfDay(dayNumber(date));

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
