import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { freeStarts } from '#app/domain/scheduling/fit.ts';
import { dayOf, weekdayOf } from '#app/domain/scheduling/local-days.ts';
import type { Range } from '#app/domain/scheduling/ranges.ts';
import { loadTutorCalendars } from '#app/domain/scheduling/tutor-calendars.server.ts';
import { addMinutes, instantToWall, startOfDay } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { MatchTerms, RequestFacts, WeekSpan } from './match-facts.ts';
import { aroundTheWeek, DAY } from './week-spans.ts';

/** So far from its start on a first session is looked for. */
const LOOK_AHEAD_DAYS = 21;

interface Search {
  request: RequestFacts;
  tutorIds: readonly string[];
  terms: Pick<MatchTerms, 'gridMinutes'>;
  /** The organisation's. */
  zone: string;
  /** At most so many of each tutor, each on a day of its own. */
  most: number;
}

/**
 * The next moments at which each tutor could really begin: in their calendar as it is, at the request's weekly times, while
 * the student has nothing else; wished times of a day before merely possible ones. Two statements for all of them.
 */
export async function listNextTimes(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  { request, tutorIds, terms, zone, most }: Search,
): Promise<Map<string, Date[]>> {
  const now = ctx.clock();
  const start = startOfDay(request.startsOn, zone);
  const from = start > now ? start : now;
  const to = addMinutes(from, LOOK_AHEAD_DAYS * 1440);
  const until = addMinutes(to, request.sessionMinutes);
  const [calendars, taken] = await Promise.all([
    loadTutorCalendars(db, {
      tutorIds,
      from,
      to: until,
      programId: request.programId,
      placeId: request.mode === 'in_person' ? request.place?.id : null,
      now,
    }),
    listTaken(db, request.studentId, { from, to: until }),
  ]);
  const times = aroundTheWeek(request.times);
  const wished = aroundTheWeek(request.times.filter((time) => time.wished));
  return new Map(
    [...calendars].map(([id, calendar]) => {
      const starts = freeStarts(calendar, {
        from,
        to,
        zone,
        by: 'office',
        now,
        taken,
        gridMinutes: terms.gridMinutes,
        durationMinutes: request.sessionMinutes,
        programId: request.programId,
        place: request.mode === 'in_person' ? request.place : null,
      });
      const fitting = request.times.length === 0 ? starts : starts.filter((at) => lies(at, times, { request, zone }));
      const best = new Map<number, Date>();
      for (const at of fitting) {
        const day = dayOf(at.getTime(), zone);
        const known = best.get(day);
        if (!known && best.size === most) break;
        if (!known || (!lies(known, wished, { request, zone }) && lies(at, wished, { request, zone }))) best.set(day, at);
      }
      return [id, [...best.values()]];
    }),
  );
}

function lies(at: Date, spans: readonly WeekSpan[], { request, zone }: Pick<Search, 'request' | 'zone'>): boolean {
  const wall = instantToWall(at, zone);
  const minute = Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
  const start = (weekdayOf(dayOf(at.getTime(), zone)) - 1) * DAY + minute;
  return spans.some((span) => span.start <= start && start + request.sessionMinutes <= span.end);
}

async function listTaken(db: Kysely<DB>, studentId: string, { from, to }: { from: Date; to: Date }): Promise<Range[]> {
  const { rows } = await sql<{ start: Date; end: Date }>`
    SELECT lower(busy) AS start, upper(busy) AS end FROM session_resource
    WHERE resource_id = ${studentId} AND blocking AND busy && tstzrange(${from}, ${to})`.execute(db);
  return rows.map(({ start, end }) => ({ start: start.getTime(), end: end.getTime() }));
}
