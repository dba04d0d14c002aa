import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { lockCreditPools } from '#app/domain/billing/credits.server.ts';
import { planMeeting } from '#app/domain/meetings/plan-meeting.server.ts';
import { addMinutes } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { PlannedOccurrence } from './occurrences.ts';

/** What all sessions of a series are alike in, as the series' row has it. */
export interface SeriesCommon {
  id: string;
  tutorId: string;
  programId: string;
  subjectId: string;
  engagementId: string | null;
  roomId: string | null;
  placeId: string | null;
  meetingInstallId: string | null;
  title: string;
  description: string;
  location: string;
  mode: string;
  billable: boolean;
  capacity: number | null;
}

interface Place {
  studentId: string;
  clientId: string;
  clientRef: string;
  billingInstallId: string;
}

export interface OccurrenceToInsert {
  occurrence: PlannedOccurrence;
  places: readonly Place[];
  /** Whose clash was overruled. */
  overruled: ReadonlySet<string>;
}

/** So many rows fit into one statement, whatever their columns. */
const ROWS = 1000;

/**
 * Writes sessions of a series, with who is taken, their places, their rooms-to-be and their credits. Rows go in together;
 * credits and rooms one by one, as those of a single booking do. Under the locks of everyone in it.
 * @returns the sessions' ids, in the order they were given
 * @throws DomainError insufficient_credits
 */
export async function insertOccurrences(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  series: SeriesCommon,
  {
    bufferMinutes,
    policyVersionId,
    rows,
  }: { bufferMinutes: number; policyVersionId: string; rows: readonly OccurrenceToInsert[] },
): Promise<string[]> {
  if (rows.length === 0) return [];
  const inserted = new Map<string, string>();
  for (const part of partsOf(rows)) {
    const sessions = await trx
      .insertInto('session')
      .values(
        part.map(({ occurrence }) => ({
          tutorId: series.tutorId,
          programId: series.programId,
          subjectId: series.subjectId,
          engagementId: series.engagementId,
          roomId: series.roomId,
          placeId: series.placeId,
          seriesId: series.id,
          originalDate: occurrence.date,
          seriesException: occurrence.moved,
          capacity: series.capacity,
          startsAt: occurrence.startsAt,
          endsAt: occurrence.endsAt,
          durationMinutes: occurrence.durationMinutes,
          wallStart: occurrence.wallStart,
          zone: occurrence.zone,
          localDate: occurrence.localDate,
          mode: series.mode,
          location: series.location,
          billable: series.billable,
          title: series.title,
          description: series.description,
          policyVersionId,
          createdBy: actor.userId,
        })),
      )
      .returning(['id', 'originalDate'])
      .execute();
    for (const { id, originalDate } of sessions) inserted.set(originalDate ?? '', id);
  }
  const made = rows.map((row) => ({ ...row, sessionId: inserted.get(row.occurrence.date) ?? '' }));
  for (const part of partsOf(
    made.flatMap(({ sessionId, occurrence, places, overruled }) => {
      const taken = (resourceId: string, until: Date) => ({
        sessionId,
        resourceId,
        busy: sql<string>`tstzrange(${occurrence.startsAt}, ${until})`,
        blocking: !overruled.has(resourceId),
      });
      return [
        taken(series.tutorId, addMinutes(occurrence.endsAt, bufferMinutes)),
        ...places.map((place) => taken(place.studentId, occurrence.endsAt)),
        ...(series.roomId ? [taken(series.roomId, occurrence.endsAt)] : []),
      ];
    }),
  ))
    await trx.insertInto('sessionResource').values(part).execute();
  for (const part of partsOf(
    made.flatMap(({ sessionId, places }) =>
      places.map(({ studentId, clientId, billingInstallId }) => ({ sessionId, studentId, clientId, billingInstallId })),
    ),
  ))
    await trx.insertInto('attendance').values(part).execute();
  for (const part of partsOf(made))
    await trx
      .insertInto('auditLog')
      .values(
        part.map(({ sessionId, occurrence, places }) => ({
          ...(actor.at ? { at: actor.at } : {}),
          actorUserId: actor.userId,
          actorKind: actor.kind,
          requestId: actor.requestId ?? null,
          action: 'session.book',
          subjectType: 'session',
          subjectId: sessionId,
          sessionId,
          after: JSON.stringify({
            seriesId: series.id,
            tutorId: series.tutorId,
            studentIds: places.map((place) => place.studentId),
            startsAt: occurrence.startsAt,
            minutes: occurrence.durationMinutes,
            mode: series.mode,
            billable: series.billable,
          }),
        })),
      )
      .execute();
  await settle(trx, ctx, series, made);
  return made.map((row) => row.sessionId);
}

async function settle(
  trx: Transaction<DB>,
  ctx: DomainContext,
  series: SeriesCommon,
  made: readonly (OccurrenceToInsert & { sessionId: string })[],
): Promise<void> {
  // All families' credits at once, in one order: session by session two series could wait for each other in a circle.
  const clients = new Map(made.flatMap(({ places }) => places.map((place) => [place.clientId, place.clientRef] as const)));
  await lockCreditPools(
    trx,
    [...clients].map(([id, ref]) => ({ id, ref })),
  );
  for (const { sessionId, places } of made) {
    if (series.mode === 'online' && series.meetingInstallId)
      await planMeeting(trx, ctx, { sessionId, installId: series.meetingInstallId });
    // A course to which nobody has come yet.
    if (places.length > 0) await assessSession(trx, ctx, sessionId, { mayRefuse: true, fresh: true });
  }
}

function partsOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, n) => rows.slice(n * ROWS, (n + 1) * ROWS));
}
