import { type Kysely, sql } from 'kysely';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { DomainError } from '#app/domain/errors.ts';
import { policyOf } from '#app/domain/organisation/policies.ts';
import { type PlanningAct, type PlanningMatter, type Way, wayToPlan } from '#app/domain/scheduling/planning-rights.ts';
import type { DB } from '#db/types.ts';

/** Who plans beside the office, by what their account is linked to; what is not theirs does not exist for them. */
export type OwnPlanner =
  | { by: 'tutor'; tutorId: string }
  | { by: 'family'; clientIds: readonly string[]; studentIds: readonly string[] };

export interface OwnEngagement {
  id: string;
  tutorId: string;
  tutorName: string;
  studentId: string;
  studentName: string;
  clientId: string;
  programId: string;
  programName: string;
  subjectId: string;
  subjectName: string;
  defaultMinutes: number | null;
  matter: PlanningMatter;
}

export interface OwnSession {
  id: string;
  version: number;
  status: string;
  startsAt: Date;
  endsAt: Date;
  durationMinutes: number;
  zone: string;
  tutorId: string;
  tutorName: string;
  programId: string;
  subjectId: string;
  mode: 'online' | 'in_person';
  placeId: string | null;
  engagementId: string | null;
  /** Places of the planner's own who are still in it: of a tutor all. */
  own: { studentId: string; clientId: string; name: string }[];
  /** Somebody else is still in it. */
  othersIn: boolean;
  matter: PlanningMatter;
}

function ownsStudent(planner: OwnPlanner, row: { studentId: string; clientId: string }): boolean {
  return planner.by === 'family' && (planner.clientIds.includes(row.clientId) || planner.studentIds.includes(row.studentId));
}

const paysFor = (planner: OwnPlanner, clientIds: readonly string[]) =>
  planner.by === 'tutor' || clientIds.every((id) => planner.clientIds.includes(id));

/** @throws DomainError not_found for what is not there and for what is not theirs */
export async function getOwnEngagement(
  db: Kysely<DB>,
  planner: OwnPlanner,
  id: string,
  now: Date,
  day?: string,
): Promise<OwnEngagement> {
  // Within a use case it stays as it is until what is booked for it is written.
  const lock = db.isTransaction ? sql`FOR SHARE OF e` : sql``;
  const { rows } = await sql<
    Omit<OwnEngagement, 'matter'> & {
      startsOn: string;
      endsOn: string | null;
      whoMaySchedule: string | null;
      organisation: unknown;
      program: unknown;
      tutor: unknown;
      archived: boolean;
      away: boolean;
    }
  >`
    SELECT e.id, e.tutor_id, concat_ws(' ', t.first_name, t.last_name) AS tutor_name, e.student_id,
           concat_ws(' ', st.first_name, st.last_name) AS student_name, st.client_id, e.program_id, p.name AS program_name,
           e.subject_id, sub.name AS subject_name, e.default_minutes, e.starts_on, e.ends_on, e.who_may_schedule,
           o.scheduling AS organisation, p.scheduling_overrides AS program, t.scheduling_overrides AS tutor,
           (t.archived_at IS NOT NULL OR st.archived_at IS NOT NULL OR p.archived_at IS NOT NULL) AS archived,
           t.status IN ('dormant', 'left') AS away
    FROM engagement e JOIN tutor t ON t.id = e.tutor_id JOIN student st ON st.id = e.student_id
         JOIN program p ON p.id = e.program_id JOIN subject sub ON sub.id = e.subject_id CROSS JOIN organisation o
    WHERE e.id = ${id} ${lock}`.execute(db);
  const [row] = rows;
  const own = row && (planner.by === 'tutor' ? row.tutorId === planner.tutorId : ownsStudent(planner, row));
  if (!row || !own) throw new DomainError('not_found', 'This engagement is not there.');
  const { startsOn, endsOn, whoMaySchedule, organisation, program, tutor, archived, away, ...engagement } = row;
  if (archived) throw new DomainError('invalid_value', 'This engagement is of somebody who is archived.');
  if (away) throw new DomainError('invalid_value', `${engagement.tutorName} takes no new sessions at present. Ask the office.`);
  return {
    ...engagement,
    matter: {
      layers: { organisation, program, tutor, whoMaySchedule },
      programName: engagement.programName,
      tutorName: engagement.tutorName,
      engagement: { startsOn, endsOn },
      ...(day === undefined ? {} : { day }),
      now,
      pays: paysFor(planner, [engagement.clientId]),
    },
  };
}

/** @throws DomainError not_found for what is not there and for what is not theirs */
export async function getOwnSession(db: Kysely<DB>, planner: OwnPlanner, id: string, now: Date): Promise<OwnSession> {
  const { rows } = await sql<
    Omit<OwnSession, 'own' | 'othersIn' | 'matter'> & {
      programName: string;
      policy: unknown;
      organisation: unknown;
      program: unknown;
      tutor: unknown;
      engagement: { who: string | null; startsOn: string; endsOn: string | null } | null;
      places: { studentId: string; clientId: string; name: string; outcome: string }[];
    }
  >`
    SELECT s.id, s.version, s.status, s.starts_at, s.ends_at, s.duration_minutes, s.zone, s.tutor_id,
           concat_ws(' ', t.first_name, t.last_name) AS tutor_name, s.program_id, p.name AS program_name, s.subject_id,
           s.mode, s.place_id, s.engagement_id, pv.rules AS policy, o.scheduling AS organisation,
           p.scheduling_overrides AS program, t.scheduling_overrides AS tutor,
           CASE WHEN e.id IS NULL THEN NULL
             ELSE jsonb_build_object('who', e.who_may_schedule, 'startsOn', e.starts_on, 'endsOn', e.ends_on) END AS engagement,
           (SELECT json_agg(json_build_object('studentId', a.student_id, 'clientId', a.client_id, 'outcome', a.outcome,
                     'name', concat_ws(' ', st.first_name, st.last_name)) ORDER BY st.ref COLLATE "C")
            FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id) AS places
    FROM session s JOIN tutor t ON t.id = s.tutor_id JOIN program p ON p.id = s.program_id
         JOIN policy_version pv ON pv.id = s.policy_version_id CROSS JOIN organisation o
         LEFT JOIN engagement e ON e.id = s.engagement_id
    WHERE s.id = ${id}`.execute(db);
  const [row] = rows;
  if (!row) throw new DomainError('not_found', 'This session does not exist.');
  const { programName, policy, organisation, program, tutor, engagement, places, ...session } = row;
  const left = places.filter((place) => isLeft(place.outcome));
  const own = planner.by === 'tutor' ? left : left.filter((place) => ownsStudent(planner, place));
  const theirs = planner.by === 'tutor' ? row.tutorId === planner.tutorId : places.some((place) => ownsStudent(planner, place));
  if (!theirs) throw new DomainError('not_found', 'This session does not exist.');
  const othersIn = left.length > own.length;
  const notice = policyOf(policy).lateCancel.noticeHours;
  return {
    ...session,
    own: own.map(({ studentId, clientId, name }) => ({ studentId, clientId, name })),
    othersIn,
    matter: {
      layers: { organisation, program, tutor, whoMaySchedule: engagement?.who ?? null },
      programName,
      tutorName: session.tutorName,
      engagement,
      session: {
        status: own.length === 0 ? 'cancelled' : session.status,
        startsAt: session.startsAt,
        othersIn,
        inTimeUntil: new Date(session.startsAt.getTime() - notice * 3_600_000),
      },
      now,
      pays: paysFor(
        planner,
        own.map((place) => place.clientId),
      ),
    },
  };
}

/** Goes on where they may do it at once. @throws DomainError forbidden with the reason, `details.way` telling whether they may ask */
export function requireAtOnce(planner: OwnPlanner, act: PlanningAct, matter: PlanningMatter): void {
  refuse(wayToPlan(planner.by, act, matter), ['at_once']);
}

/** Goes on where they may at least ask for it. @throws DomainError forbidden with the reason */
export function requireAsking(planner: OwnPlanner, act: PlanningAct, matter: PlanningMatter): void {
  refuse(wayToPlan(planner.by, act, matter), ['at_once', 'ask']);
}

function refuse(way: Way, enough: Way['way'][]): void {
  if (way.way !== 'at_once' && !enough.includes(way.way))
    throw new DomainError('forbidden', way.why, { details: { way: way.way } });
}
