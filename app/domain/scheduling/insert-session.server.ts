import { sql, type Transaction } from 'kysely';
import type { Actor } from '#app/context.ts';
import type { CustomPatch } from '#app/domain/fields/custom-field.ts';
import { newCustom } from '#app/domain/fields/save-custom.server.ts';
import type { DB } from '#db/types.ts';
import type { PlannedTime } from './booking-facts.server.ts';
import { busyUntil, type Occupation, resourcesOf } from './conflicts.server.ts';

export interface NewSession {
  id?: string | undefined;
  ref?: string | undefined;
  tutorId: string;
  bufferMinutes: number;
  programId: string;
  subjectId: string;
  places: readonly { studentId: string; clientId: string; billingInstallId: string }[];
  wallStart: string;
  time: PlannedTime;
  durationMinutes: number;
  mode: 'online' | 'in_person';
  location: string;
  billable: boolean;
  /** Began at the click that made it. */
  instant?: boolean;
  title: string;
  description: string;
  plan: string;
  policyVersionId: string;
  chargeRateOverride: bigint | null;
  payRateOverride: bigint | null;
  rateOverrideReason: string;
  engagementId?: string | null;
  roomId?: string | null;
  placeId?: string | null;
  capacity?: number | null;
  seriesId?: string | null;
  originalDate?: string | null;
  custom?: CustomPatch | undefined;
  /** Students whose clash was overruled: taken, but not blocking. */
  notBlocking?: ReadonlySet<string>;
  /** Nobody is taken: every place was cancelled (of an import). */
  released?: { tutor: boolean; students: ReadonlySet<string> };
}

/** The rows of a new session: itself, who is taken by it, and its places. The constraint has the last word. */
export async function insertSession(trx: Transaction<DB>, actor: Actor, session: NewSession): Promise<string> {
  const { time } = session;
  const { id } = await trx
    .insertInto('session')
    .values({
      ...(session.id ? { id: session.id } : {}),
      ...(session.ref ? { ref: session.ref } : {}),
      tutorId: session.tutorId,
      programId: session.programId,
      subjectId: session.subjectId,
      startsAt: time.startsAt,
      endsAt: time.endsAt,
      durationMinutes: session.durationMinutes,
      wallStart: session.wallStart,
      zone: time.zone,
      localDate: time.localDate,
      mode: session.mode,
      location: session.location,
      billable: session.billable,
      instant: session.instant ?? false,
      title: session.title,
      description: session.description,
      plan: session.plan,
      policyVersionId: session.policyVersionId,
      chargeRateOverride: session.chargeRateOverride,
      payRateOverride: session.payRateOverride,
      rateOverrideReason: session.rateOverrideReason,
      engagementId: session.engagementId ?? null,
      roomId: session.roomId ?? null,
      placeId: session.placeId ?? null,
      capacity: session.capacity ?? null,
      seriesId: session.seriesId ?? null,
      originalDate: session.originalDate ?? null,
      custom: newCustom(session.custom),
      createdBy: actor.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const occupation: Occupation = {
    tutorId: session.tutorId,
    bufferMinutes: session.bufferMinutes,
    studentIds: session.places.map((place) => place.studentId),
    roomId: session.roomId ?? null,
    startsAt: time.startsAt,
    endsAt: time.endsAt,
  };
  const released = session.released;
  const blocking = (resourceId: string) => {
    if (session.notBlocking?.has(resourceId)) return false;
    const ofStudent = session.places.some((place) => place.studentId === resourceId);
    return ofStudent ? !released?.students.has(resourceId) : !released?.tutor;
  };
  await trx
    .insertInto('sessionResource')
    .values(
      resourcesOf(occupation).map((resourceId) => ({
        sessionId: id,
        resourceId,
        busy: sql<string>`tstzrange(${time.startsAt}, ${busyUntil(occupation, resourceId)})`,
        blocking: blocking(resourceId),
      })),
    )
    .execute();
  await trx
    .insertInto('attendance')
    .values(session.places.map((place) => ({ sessionId: id, ...place })))
    .execute();
  return id;
}
