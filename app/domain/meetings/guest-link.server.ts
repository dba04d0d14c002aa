import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Config, SealingKey } from '#config/env.ts';
import type { DB } from '#db/types.ts';
import { getMeetingRules } from './save-meeting-rules.server.ts';

/**
 * The way in for a student without an account: `/join/:token`, the place's id signed over the number of its pass. One more
 * on that number, and the links that are out no longer open.
 */

type Keys = Pick<Config, 'keyRing'>;

/** A place in a session, as whoever holds its link may know it. */
export interface Guest {
  attendanceId: string;
  sessionId: string;
  studentId: string;
  /** The student's, unless the guest typed another. */
  name: string;
}

const signature = (key: SealingKey, attendanceId: string, pass: number) =>
  createHmac('sha256', key.key).update(`guest-link:${attendanceId}:${pass}`).digest().subarray(0, 16);

/** The part of `/join/:token`, by the ring's first key. */
export function guestToken({ keyRing }: Keys, { attendanceId, joinPass }: { attendanceId: string; joinPass: number }): string {
  const [key] = keyRing;
  if (!key) throw new Error('there is no key to sign with');
  const id = Buffer.from(attendanceId.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, signature(key, attendanceId, joinPass)]).toString('base64url');
}

export function guestUrl(config: Pick<Config, 'keyRing' | 'origin'>, place: { attendanceId: string; joinPass: number }): string {
  return `${config.origin}/join/${guestToken(config, place)}`;
}

/** Whom a link lets in; undefined where none of our keys signed it, it was taken back, or guests come by none. */
export async function findGuest(db: Kysely<DB>, { config }: { config: Keys }, token: string): Promise<Guest | undefined> {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== token) return undefined;
  const id = bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const row = await db
    .selectFrom('attendance')
    .innerJoin('student', 'student.id', 'attendance.studentId')
    .select(['attendance.sessionId', 'attendance.studentId', 'attendance.joinPass', 'student.firstName', 'student.lastName'])
    .where('attendance.id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const signed = config.keyRing.some((key) => timingSafeEqual(signature(key, id, row.joinPass), bytes.subarray(16)));
  if (!signed || !(await getMeetingRules(db)).guest_links) return undefined;
  const { sessionId, studentId, firstName, lastName } = row;
  return { attendanceId: id, sessionId, studentId, name: `${firstName} ${lastName}`.trim() };
}
