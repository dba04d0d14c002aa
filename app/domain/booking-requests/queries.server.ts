import { type Kysely, type RawBuilder, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { type Proposal, type RequestKind, type RequestStatus, readProposals } from './booking-request.schema.ts';

export interface BookingRequestRow {
  id: string;
  ref: string;
  kind: RequestKind;
  source: 'family' | 'storefront' | 'tutor';
  status: RequestStatus;
  routedTo: 'office' | 'tutor';
  sessionId: string | null;
  session: { startsAt: Date; endsAt: Date; status: string; version: number; title: string } | null;
  engagementId: string | null;
  clientId: string;
  clientName: string;
  studentId: string;
  studentName: string;
  tutorId: string | null;
  /** Empty: any tutor. */
  tutorName: string;
  programId: string;
  programName: string;
  subjectId: string;
  subjectName: string;
  startsAt: Date | null;
  wallStart: string | null;
  zone: string;
  durationMinutes: number | null;
  mode: 'online' | 'in_person' | null;
  placeId: string | null;
  location: string;
  note: string;
  /** Minor units that the family was told. */
  feeSaid: bigint | null;
  proposals: (Proposal & { tutorName: string })[];
  answer: string;
  decidedAt: Date | null;
  decidedByName: string | null;
  requestedById: string | null;
  requestedByName: string | null;
  resultSessionId: string | null;
  /** While it waits: who has something else at the time that is asked for. */
  takenNow: 'tutor' | 'student' | null;
  version: number;
  createdAt: Date;
}

export interface BookingRequestFilter {
  ids?: readonly string[];
  statuses?: readonly RequestStatus[];
  /** A tutor's: those that are the tutor's to answer, or that the tutor asked for. */
  tutorId?: string;
  /** A family's. */
  family?: { clientIds: readonly string[]; studentIds: readonly string[] };
  sessionId?: string;
  order?: 'oldest' | 'newest';
  limit?: number;
}

function conditions(filter: BookingRequestFilter): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (filter.ids) all.push(sql`r.id = ANY(${[...filter.ids]}::uuid[])`);
  if (filter.statuses) all.push(sql`r.status = ANY(${[...filter.statuses]}::text[])`);
  if (filter.sessionId) all.push(sql`r.session_id = ${filter.sessionId}`);
  if (filter.tutorId) all.push(sql`r.tutor_id = ${filter.tutorId} AND (r.routed_to = 'tutor' OR r.source = 'tutor')`);
  if (filter.family) {
    const { clientIds, studentIds } = filter.family;
    all.push(
      sql`r.source <> 'tutor' AND (r.client_id = ANY(${[...clientIds]}::uuid[]) OR r.student_id = ANY(${[...studentIds]}::uuid[]))`,
    );
  }
  return sql.join(all, sql` AND `);
}

const TAKEN_NOW = sql`CASE WHEN r.status IN ('open', 'proposed') AND r.starts_at IS NOT NULL THEN (
  SELECT res.kind FROM session_resource sr JOIN resource res ON res.id = sr.resource_id
  WHERE sr.resource_id IN (r.tutor_id, r.student_id) AND sr.blocking AND sr.session_id IS NOT NULL
    AND sr.session_id IS DISTINCT FROM r.session_id
    AND sr.busy && tstzrange(r.starts_at, r.starts_at + make_interval(mins => r.duration_minutes
      + CASE WHEN res.kind = 'tutor' THEN coalesce(t.buffer_minutes, 0) ELSE 0 END))
  ORDER BY res.kind DESC LIMIT 1) END`;

export async function listBookingRequests(db: Kysely<DB>, filter: BookingRequestFilter): Promise<BookingRequestRow[]> {
  const { rows } = await sql<
    Omit<BookingRequestRow, 'proposals' | 'session' | 'feeSaid'> & {
      feeSaid: string | bigint | null;
      stored: unknown;
      sessionStartsAt: Date | null;
      sessionEndsAt: Date;
      sessionStatus: string;
      sessionVersion: number;
      sessionTitle: string;
      names: Record<string, string> | null;
    }
  >`
    SELECT r.id, r.ref, r.kind, r.source, r.status, r.routed_to, r.session_id, r.engagement_id, r.client_id, c.name AS client_name,
           r.student_id, concat_ws(' ', st.first_name, st.last_name) AS student_name, r.tutor_id,
           coalesce(concat_ws(' ', t.first_name, t.last_name), '') AS tutor_name, r.program_id, p.name AS program_name,
           r.subject_id, sub.name AS subject_name, r.starts_at, r.wall_start, r.zone, r.duration_minutes, r.mode, r.place_id,
           r.location, r.note, r.fee_said, r.proposals AS stored, r.answer, r.decided_at, d.name AS decided_by_name,
           r.requested_by AS requested_by_id, u.name AS requested_by_name, r.result_session_id, r.version, r.created_at,
           ${TAKEN_NOW} AS taken_now,
           s.starts_at AS session_starts_at, s.ends_at AS session_ends_at, s.status AS session_status, s.version AS session_version,
           coalesce(nullif(s.title, ''), ssub.name) AS session_title,
           (SELECT json_object_agg(o.id, concat_ws(' ', o.first_name, o.last_name)) FROM tutor o
            WHERE o.id IN (SELECT (offered ->> 'tutorId')::uuid FROM jsonb_array_elements(r.proposals) AS offered)) AS names
    FROM booking_request r JOIN client c ON c.id = r.client_id JOIN student st ON st.id = r.student_id
         LEFT JOIN tutor t ON t.id = r.tutor_id JOIN program p ON p.id = r.program_id JOIN subject sub ON sub.id = r.subject_id
         LEFT JOIN users d ON d.id = r.decided_by LEFT JOIN users u ON u.id = r.requested_by
         LEFT JOIN session s ON s.id = r.session_id LEFT JOIN subject ssub ON ssub.id = s.subject_id
    WHERE ${conditions(filter)}
    ORDER BY ${filter.order === 'oldest' ? sql`r.created_at, r.id` : sql`r.created_at DESC, r.id DESC`}
    LIMIT ${filter.limit ?? 200}`.execute(db);
  return rows.map(
    ({
      stored,
      sessionStartsAt,
      sessionEndsAt,
      sessionStatus,
      sessionVersion,
      sessionTitle,
      names,
      feeSaid,
      wallStart,
      ...row
    }) => ({
      ...row,
      wallStart: wallStart === null ? null : String(wallStart).replace(' ', 'T').slice(0, 16),
      feeSaid: feeSaid === null ? null : BigInt(feeSaid),
      session:
        sessionStartsAt === null
          ? null
          : {
              startsAt: sessionStartsAt,
              endsAt: sessionEndsAt,
              status: sessionStatus,
              version: sessionVersion,
              title: sessionTitle,
            },
      proposals: readProposals(stored).map((proposal) => ({ ...proposal, tutorName: names?.[proposal.tutorId] ?? '' })),
    }),
  );
}

/** @throws DomainError not_found */
export async function getBookingRequest(db: Kysely<DB>, id: string): Promise<BookingRequestRow> {
  const [request] = await listBookingRequests(db, { ids: [id] });
  if (!request) throw new DomainError('not_found', 'This request is not there.');
  return request;
}

export interface RequestCounts {
  /** Waiting for an answer of whoever answers. */
  open: number;
  /** Waiting for the family's choice. */
  proposed: number;
}

/** @param tutorId of the tutor's own inbox; else all that the office sees */
export async function countBookingRequests(db: Kysely<DB>, tutorId?: string): Promise<RequestCounts> {
  const own = tutorId ? sql`AND tutor_id = ${tutorId} AND routed_to = 'tutor'` : sql``;
  const { rows } = await sql<RequestCounts>`
    SELECT count(*) FILTER (WHERE status = 'open')::int AS open, count(*) FILTER (WHERE status = 'proposed')::int AS proposed
    FROM booking_request WHERE status IN ('open', 'proposed') ${own}`.execute(db);
  return rows[0] ?? { open: 0, proposed: 0 };
}
