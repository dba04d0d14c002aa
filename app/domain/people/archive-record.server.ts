import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { disconnectTutors } from '#app/domain/connections/disconnect-account.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { leaveOffers } from '#app/domain/offers/leave-offers.server.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

export const ARCHIVABLE = ['tutor', 'client', 'student', 'program', 'subject', 'room', 'place'] as const;
export type Archivable = (typeof ARCHIVABLE)[number];

/**
 * Takes a record out of every list to choose from; its past stays. Refused (invalid_value) for people, rooms and places
 * while sessions are still planned with them, so that none is left behind unseen, for a student while a tutor is asked to
 * teach them, and for a client while a child is not archived. Offers that a tutor has not answered go on without them.
 */
export async function archiveRecord(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { kind: Archivable; id: string },
): Promise<void> {
  await setArchived(db, ctx, actor, input, true);
}

/** Brings it back. Refused for a student whose client is archived, and for whoever was erased. */
export async function restoreRecord(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { kind: Archivable; id: string },
): Promise<void> {
  await setArchived(db, ctx, actor, input, false);
}

async function setArchived(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  { kind, id }: { kind: Archivable; id: string },
  archive: boolean,
): Promise<void> {
  const now = ctx.clock();
  const at = archive ? now : null;
  await inTransaction(db, async (trx) => {
    // Nobody books a person who is being archived.
    await lockResources(trx, [id], now);
    const record = await trx.selectFrom(kind).select(['id', 'archivedAt']).where('id', '=', id).forUpdate().executeTakeFirst();
    if (!record) throw new DomainError('not_found', `This ${kind} is not there.`);
    if ((record.archivedAt !== null) === (at !== null)) return;
    if (!at) await refuseErased(trx, kind, id);
    if (at) await refuseWhileNeeded(trx, kind, id, at);
    else if (kind === 'student') await refuseWithoutClient(trx, id);
    await trx.updateTable(kind).set({ archivedAt: at, version: sql<number>`version + 1` }).where('id', '=', id).execute();
    await audit(trx, actor, { action: `${kind}.${at ? 'archive' : 'restore'}`, subjectType: kind, subjectId: id });
    if (at && kind === 'tutor') {
      await leaveOffers(trx, ctx, actor, [id]);
      await disconnectTutors(trx, ctx, actor, [id]);
    }
  });
}

async function refuseWhileNeeded(trx: Kysely<DB>, kind: Archivable, id: string, now: Date): Promise<void> {
  if (kind === 'client') {
    const { count } = await trx
      .selectFrom('student')
      .select((eb) => eb.fn.countAll<bigint>().as('count'))
      .where('clientId', '=', id)
      .where('archivedAt', 'is', null)
      .executeTakeFirstOrThrow();
    if (count > 0n)
      throw new DomainError(
        'invalid_value',
        `${plural(count, 'student')} of this client ${count === 1n ? 'is' : 'are'} still active. Archive them first.`,
      );
  }
  if (kind === 'place') {
    const room = await trx
      .selectFrom('room')
      .select('name')
      .where('placeId', '=', id)
      .where('archivedAt', 'is', null)
      .executeTakeFirst();
    if (room) throw new DomainError('invalid_value', `${room.name} is a room of this place. Archive it first.`);
  }
  if (kind === 'student') await refuseWhileOffered(trx, id);
  if (kind === 'program' || kind === 'subject' || kind === 'client') return;
  const planned = trx
    .selectFrom('session')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('status', 'in', ['requested', 'scheduled'])
    .where('endsAt', '>', now);
  const withIt = {
    tutor: () => planned.where('tutorId', '=', id),
    room: () => planned.where('roomId', '=', id),
    place: () => planned.where('placeId', '=', id),
    student: () =>
      planned.where(
        'id',
        'in',
        trx.selectFrom('attendance').select('sessionId').where('studentId', '=', id).where('outcome', '=', 'planned'),
      ),
  };
  const { count } = await withIt[kind]().executeTakeFirstOrThrow();
  if (count > 0n) {
    throw new DomainError(
      'invalid_value',
      `${plural(count, 'session')} ${count === 1n ? 'is' : 'are'} still planned ${kind === 'room' || kind === 'place' ? 'in' : 'with'} this ${kind}. Cancel or move ${count === 1n ? 'it' : 'them'} first.`,
    );
  }
}

async function refuseWhileOffered(trx: Kysely<DB>, studentId: string): Promise<void> {
  const offer = await trx
    .selectFrom('offer')
    .innerJoin('request', 'request.id', 'offer.requestId')
    .select('offer.ref')
    .where('request.studentId', '=', studentId)
    .where('offer.status', '=', 'open')
    .executeTakeFirst();
  if (offer)
    throw new DomainError('invalid_value', `A tutor is asked to teach this student (${offer.ref}). Withdraw the offer first.`);
}

/** Nobody is left in the record. */
async function refuseErased(trx: Kysely<DB>, kind: Archivable, id: string): Promise<void> {
  if (kind !== 'tutor' && kind !== 'client' && kind !== 'student') return;
  const { erasedAt } = await trx.selectFrom(kind).select('erasedAt').where('id', '=', id).executeTakeFirstOrThrow();
  if (erasedAt) throw new DomainError('invalid_value', 'This person was erased: there is nobody to bring back.');
}

async function refuseWithoutClient(trx: Kysely<DB>, studentId: string): Promise<void> {
  const client = await trx
    .selectFrom('student')
    .innerJoin('client', 'client.id', 'student.clientId')
    .select('client.archivedAt')
    .where('student.id', '=', studentId)
    .executeTakeFirstOrThrow();
  if (client.archivedAt)
    throw new DomainError('invalid_value', 'The client who pays for this student is archived. Bring the client back first.');
}

const plural = (count: bigint, word: string) => `${count} ${word}${count === 1n ? '' : 's'}`;
