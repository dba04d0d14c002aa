import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { loadTutorFacts, type TutorMarket } from '#app/domain/matching/load-tutor-facts.server.ts';
import { DAY } from '#app/domain/matching/week-spans.ts';
import { findProviderTerms } from '#app/domain/meetings/check-provider.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import type { MeetingTutor } from '#plugins/contract/index.ts';
import { withoutSessions, withSession } from './changed-calendar.ts';
import { dayNumber, weekdayOf } from './local-days.ts';
import { listSessions, type SessionRow } from './queries.server.ts';
import type { Range } from './ranges.ts';
import { type Choice, MOST_AT_ONCE } from './session-changes.ts';
import { type Need, nextFreeTimes, rankSubstitutes, type Substitute, type SubstitutesSearch } from './substitutes.ts';
import type { PlacePoint } from './travel.ts';
import { loadTutorCalendars, type TutorCalendar } from './tutor-calendars.server.ts';
import { addMinutes, instantToWall } from './wall-time.ts';

/** So far ahead another time of the same tutor is looked for. */
const LOOK_AHEAD_DAYS = 21;
const MOST_TIMES = 8;
const MOST_SUBSTITUTES = 8;

export interface ReplannedSession extends SessionRow {
  version: number;
  zone: string;
  substitutes: Substitute[];
  /** Free times of the same tutor; `wallStart` in `zone`. */
  times: { startsAt: Date; wallStart: string }[];
  /** What would be best for it: somebody else, else another time, else cancelled. */
  suggested: Choice;
}

interface Extra {
  id: string;
  version: number;
  zone: string;
  resourceIds: string[];
  installId: string | null;
  place: PlacePoint | null;
  subjectId: string;
  /** Who was ruled out for one of its students. */
  excludedTutorIds: string[];
}

/** The planned sessions among these that are not over, in their order. */
export async function listToReplan(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  filter: { ids?: readonly string[]; tutorId?: string; from?: Date; to?: Date },
): Promise<{ rows: SessionRow[]; more: boolean }> {
  const rows = await listSessions(db, { ...filter, endsAfter: ctx.clock(), statuses: ['scheduled'], limit: MOST_AT_ONCE + 1 });
  return { rows: rows.slice(0, MOST_AT_ONCE), more: rows.length > MOST_AT_ONCE };
}

/**
 * Who could teach each of these sessions instead, and when else its tutor could, from a moment on. No suggestion is made
 * twice: taken one after the other, all of them fit.
 */
export async function suggestReplanning(
  db: Kysely<DB>,
  ctx: DomainContext,
  listed: readonly SessionRow[],
  lookFrom: Date,
): Promise<ReplannedSession[]> {
  if (listed.length === 0) return [];
  const { gridMinutes } = await getOrganisation(db);
  const now = ctx.clock();
  const ids = listed.map((row) => row.id);
  const extras = new Map((await readExtras(db, ids)).map((extra) => [extra.id, extra]));
  const candidates = await readCandidates(db, [...extras.values()]);
  const market = await loadTutorFacts(db, ctx, { startsOn: listed.map((row) => row.localDate), studentIds: [] });
  const from = lookFrom > now ? lookFrom : now;
  const to = addMinutes(from, LOOK_AHEAD_DAYS * 1440);
  const first = listed.reduce((least, row) => (row.startsAt < least ? row.startsAt : least), from);
  const last = listed.reduce((most, row) => (row.endsAt > most ? row.endsAt : most), to);
  const calendars = await loadTutorCalendars(db, {
    tutorIds: [...new Set([...listed.map((row) => row.tutorId), ...candidates.map((candidate) => candidate.tutor.id)])],
    from: first,
    to: last,
    now,
  });
  // For another time of its tutor: the sessions listed may all leave theirs.
  const freed = new Map([...calendars].map(([id, calendar]) => [id, withoutOwn(calendar, listed)]));
  const taken = await readTaken(db, [...extras.values()], from, to);
  const installs = new Set([...extras.values()].flatMap(({ installId }) => (installId ? [installId] : [])));
  const terms = new Map(await Promise.all([...installs].map(async (id) => [id, await findProviderTerms(db, ctx, id)] as const)));
  const sessions: ReplannedSession[] = [];
  for (const row of listed) {
    const extra = extras.get(row.id);
    if (!extra) continue;
    const need: Need = { ...row, place: extra.place };
    const provider = extra.installId === null ? undefined : terms.get(extra.installId);
    const { request, weekStart } = asRequest(row, extra, market);
    const facts = new Map(market.tutorsFor(request).map((tutor) => [tutor.id, tutor]));
    const possible = candidates.flatMap(({ sessionId, tutor, together }) => {
      const calendar = sessionId === row.id ? calendars.get(tutor.id) : undefined;
      const known = facts.get(tutor.id);
      return calendar && known && provider?.problemFor(tutor) === undefined ? [{ calendar, facts: known, together }] : [];
    });
    const substitutes = rankSubstitutes(possible, { need, request, terms: market.terms, weekStart, now }).slice(
      0,
      MOST_SUBSTITUTES,
    );
    const calendar = freed.get(row.tutorId);
    const search = { from, to, zone: extra.zone, gridMinutes, now, most: MOST_TIMES, taken: taken.get(row.id) ?? [] };
    const starts = calendar ? nextFreeTimes(calendar, need, search) : [];
    const times = starts.map((startsAt) => ({ startsAt, wallStart: instantToWall(startsAt, extra.zone) }));
    const suggested = suggest(substitutes, times);
    take([calendars, freed], row, extra, suggested, times);
    sessions.push({ ...row, version: extra.version, zone: extra.zone, substitutes, times, suggested });
  }
  return sessions;
}

/** As matching sees a request that asks for this time alone. */
function asRequest(row: SessionRow, extra: Extra, market: TutorMarket): Pick<SubstitutesSearch, 'request' | 'weekStart'> {
  const wall = instantToWall(row.startsAt, market.zone);
  const minute = Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
  const weekStart = (weekdayOf(dayNumber(wall.slice(0, 10))) - 1) * DAY + minute;
  return {
    weekStart,
    request: {
      id: row.id,
      ref: row.ref,
      studentId: '',
      studentName: '',
      subjectId: extra.subjectId,
      subjectName: row.subjectName,
      levelId: null,
      levelName: null,
      programId: row.programId,
      mode: row.mode === 'in_person' ? 'in_person' : 'online',
      place: extra.place,
      sessionMinutes: row.durationMinutes,
      sessionsPerWeek: 1,
      times: [{ start: weekStart, end: weekStart + row.durationMinutes, wished: true }],
      startsOn: market.startOf(row.localDate),
      endsOn: row.localDate,
      urgency: 'normal',
      wishes: { gender: null, languages: [], tutorId: null, tagIds: [] },
      excludedTutorIds: extra.excludedTutorIds,
      createdAt: row.startsAt,
    },
  };
}

/** Sessions that may leave a tutor's calendar aren't in the way there of others that may. */
function withoutOwn(calendar: TutorCalendar, listed: readonly SessionRow[]): TutorCalendar {
  const own = listed.filter((row) => row.tutorId === calendar.tutorId).map((row) => row.id);
  return own.length === 0 ? calendar : withoutSessions(calendar, new Set(own));
}

function suggest(substitutes: readonly Substitute[], times: readonly { wallStart: string }[]): Choice {
  const [best] = substitutes;
  if (best && best.warnings.length === 0) return { kind: 'substitute', tutorId: best.tutorId };
  const [next] = times;
  if (next) return { kind: 'move', wallStart: next.wallStart };
  return best ? { kind: 'substitute', tutorId: best.tutorId } : { kind: 'cancel' };
}

/** What is suggested for one session is taken for those after it, both by who steps in and of the first free time. */
function take(
  all: readonly Map<string, TutorCalendar>[],
  row: SessionRow,
  extra: Extra,
  suggested: Choice,
  times: readonly { startsAt: Date }[],
): void {
  const put = (id: string, startsAt: Date) => {
    const start = startsAt.getTime();
    const busy = { start, end: start + row.durationMinutes * 60_000, sessionId: row.id };
    for (const calendars of all) {
      const calendar = calendars.get(id);
      if (calendar) calendars.set(id, withSession(calendar, { ...busy, inPerson: row.mode === 'in_person', place: extra.place }));
    }
  };
  if (suggested.kind === 'substitute') put(suggested.tutorId, row.startsAt);
  // Also where it isn't the suggestion: whoever moves all of them gets a time for each.
  if (times[0]) put(row.tutorId, times[0].startsAt);
}

async function readExtras(db: Kysely<DB>, ids: readonly string[]): Promise<Extra[]> {
  const { rows } = await sql<Extra>`
    SELECT s.id, s.version, s.zone, s.subject_id, m.install_id,
      ARRAY(SELECT e.tutor_id::text FROM attendance a JOIN tutor_exclusion e ON e.student_id = a.student_id
        WHERE a.session_id = s.id AND a.outcome = 'planned') AS excluded_tutor_ids,
      ARRAY(SELECT resource_id::text FROM session_resource WHERE session_id = s.id AND blocking AND resource_id <> s.tutor_id) AS resource_ids,
      CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id, 'name', p.name, 'latitude', p.latitude, 'longitude', p.longitude) END AS place
    FROM session s LEFT JOIN meeting m ON m.session_id = s.id AND s.mode = 'online' LEFT JOIN room r ON r.id = s.room_id
    LEFT JOIN place p ON s.mode = 'in_person' AND p.id = coalesce(s.place_id, r.place_id)
    WHERE s.id = ANY(${[...ids]}::uuid[])`.execute(db);
  return rows;
}

interface CandidateRow {
  sessionId: string;
  tutor: MeetingTutor;
  together: number;
}

/** Every active tutor of a session's subject, with how often they taught its students. */
async function readCandidates(db: Kysely<DB>, extras: readonly Extra[]): Promise<CandidateRow[]> {
  const { rows } = await sql<CandidateRow>`
    WITH wanted AS (SELECT id, subject_id, tutor_id FROM session WHERE id = ANY(${extras.map((extra) => extra.id)}::uuid[])),
    known AS (
      SELECT w.id AS session_id, s.tutor_id, count(DISTINCT s.id)::int AS together
      FROM wanted w JOIN attendance a ON a.session_id = w.id JOIN attendance b ON b.student_id = a.student_id AND b.outcome IN ('planned', 'attended')
      JOIN session s ON s.id = b.session_id AND s.id <> w.id GROUP BY 1, 2
    )
    SELECT w.id AS session_id, coalesce(k.together, 0) AS together, json_build_object('id', t.id,
      'name', concat_ws(' ', t.first_name, nullif(t.last_name, '')), 'email', t.email, 'personalRoomUrl', t.personal_room_url) AS tutor
    FROM wanted w JOIN tutor_subject ts ON ts.subject_id = w.subject_id
    JOIN tutor t ON t.id = ts.tutor_id AND t.archived_at IS NULL AND t.status = 'active' AND t.id <> w.tutor_id
    LEFT JOIN known k ON k.session_id = w.id AND k.tutor_id = t.id`.execute(db);
  return rows;
}

/** When each session's students and room are taken by something else. */
async function readTaken(db: Kysely<DB>, extras: readonly Extra[], from: Date, to: Date): Promise<Map<string, Range[]>> {
  const all = [...new Set(extras.flatMap((extra) => extra.resourceIds))];
  const { rows } = await sql<{ resourceId: string; start: Date; end: Date }>`
    SELECT resource_id, lower(busy) AS start, upper(busy) AS end FROM session_resource
    WHERE resource_id = ANY(${all}::uuid[]) AND blocking AND busy && tstzrange(${from}, ${to})`.execute(db);
  return new Map(
    extras.map((extra) => [
      extra.id,
      rows
        .filter((row) => extra.resourceIds.includes(row.resourceId))
        .map((row) => ({ start: row.start.getTime(), end: row.end.getTime() })),
    ]),
  );
}
