import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { refuseOverlap } from '#app/domain/billing/rate-overlap.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { moveRequest } from '#app/domain/requests/move-request.server.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { laterRateOf } from './engagement-rates.server.ts';
import type { OfferValues } from './offer.schema.ts';
import { sendOffer } from './send-offer.server.ts';

/** Of a pair when it was offered, so that the offer can say why this tutor. */
export type OfferScores = ReadonlyMap<string, { score: number; parts: readonly unknown[] }>;

/**
 * Offers a request to one tutor, to several in turn, or to several at once, of whom the first to accept has it. They are
 * told by mail; the request moves to where offers are. Nobody's time is taken. The same form sent twice makes one offer.
 * @throws DomainError not_found; conflict (closed, or another offer of it is out); unknown_reference and invalid_value at
 *   the field: a tutor who is not active, does not teach the subject or must not have this student, a rate that would
 *   overlap a later one of the same pair
 */
export async function makeOffer(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: OfferValues,
  scores: OfferScores = new Map(),
): Promise<{ id: string }> {
  return inTransaction(db, async (trx) => {
    // Who is archived just now is waited for.
    await lockResources(trx, input.tutorIds, ctx.clock());
    const request = await trx
      .selectFrom('request')
      .select(['id', 'studentId', 'closedAt'])
      .where('id', '=', input.requestId)
      .forUpdate()
      .executeTakeFirst();
    if (!request) throw new DomainError('not_found', 'This request is not there.');
    const there = await trx.selectFrom('offer').select('id').where('id', '=', input.id).executeTakeFirst();
    if (there) return there;
    if (request.closedAt) throw new DomainError('conflict', 'This request is closed. Open it again before you offer it.');
    if (!request.studentId) throw new DomainError('invalid_value', 'Say first which student it is for.');
    await refuseSecond(trx, request.id);
    await checkTaught(trx, input);
    await checkTutors(trx, input, request.studentId);
    await checkRates(trx, input, request.studentId);
    const { tutorIds, terms, ...columns } = input;
    await trx
      .insertInto('offer')
      .values({ ...columns, terms: JSON.stringify(terms), createdBy: actor.userId, createdAt: ctx.clock() })
      .execute();
    await trx
      .insertInto('offerTutor')
      .values(
        tutorIds.map((tutorId, position) => ({
          offerId: input.id,
          tutorId,
          position,
          score: JSON.stringify(scores.get(tutorId) ?? {}),
        })),
      )
      .execute();
    await audit(trx, actor, {
      action: 'offer.make',
      subjectType: 'offer',
      subjectId: input.id,
      after: { requestId: request.id, kind: input.kind, tutorIds },
    });
    await sendOffer(trx, ctx, input.id, input.kind === 'in_order' ? tutorIds.slice(0, 1) : tutorIds);
    await moveRequest(trx, ctx, actor, { id: request.id, to: { kind: 'offered' } });
    return { id: input.id };
  });
}

async function refuseSecond(trx: Transaction<DB>, requestId: string): Promise<void> {
  const open = await trx
    .selectFrom('offer')
    .select(['id', 'ref'])
    .where('requestId', '=', requestId)
    .where('status', '=', 'open')
    .executeTakeFirst();
  if (open)
    throw new DomainError('conflict', `An offer of it is out already (${open.ref}). Withdraw that one first.`, {
      details: { offerId: open.id },
    });
}

async function checkTaught(trx: Transaction<DB>, input: OfferValues): Promise<void> {
  for (const [field, table, word] of [
    ['programId', 'program', 'program'],
    ['subjectId', 'subject', 'subject'],
  ] as const) {
    const record = await trx.selectFrom(table).select('archivedAt').where('id', '=', input[field]).executeTakeFirst();
    if (!record) throw new DomainError('unknown_reference', `This ${word} is not there any more.`, { field });
    if (record.archivedAt) throw new DomainError('invalid_value', `This ${word} is archived.`, { field });
  }
  if (input.terms.placeId) {
    const place = await trx.selectFrom('place').select('archivedAt').where('id', '=', input.terms.placeId).executeTakeFirst();
    if (!place || place.archivedAt)
      throw new DomainError('unknown_reference', 'This place is not in use any more.', { field: 'terms.placeId' });
  }
}

async function checkTutors(trx: Transaction<DB>, input: OfferValues, studentId: string): Promise<void> {
  const { rows } = await sql<{ name: string | null; active: boolean; teaches: boolean; excluded: boolean; engaged: boolean }>`
    SELECT concat_ws(' ', t.first_name, t.last_name) AS name, t.status = 'active' AND t.archived_at IS NULL AS active,
           EXISTS (SELECT 1 FROM tutor_subject WHERE tutor_id = t.id AND subject_id = ${input.subjectId}) AS teaches,
           EXISTS (SELECT 1 FROM tutor_exclusion WHERE tutor_id = t.id AND student_id = ${studentId}) AS excluded,
           EXISTS (SELECT 1 FROM engagement e WHERE e.tutor_id = t.id AND e.student_id = ${studentId}
                   AND e.program_id = ${input.programId} AND e.subject_id = ${input.subjectId}
                   AND daterange(e.starts_on, e.ends_on, '[]')
                       && daterange(${input.terms.startsOn}::date, ${input.terms.endsOn}::date, '[]')) AS engaged
    FROM unnest(${input.tutorIds}::uuid[]) WITH ORDINALITY AS asked(id, position) LEFT JOIN tutor t ON t.id = asked.id
    ORDER BY asked.position`.execute(trx);
  const refuse = (message: string) => new DomainError('invalid_value', message, { field: 'tutorIds' });
  for (const tutor of rows) {
    if (tutor.name === null || tutor.name === '')
      throw new DomainError('unknown_reference', 'A tutor is not there any more.', { field: 'tutorIds' });
    if (!tutor.active) throw refuse(`${tutor.name} is not an active tutor.`);
    if (!tutor.teaches) throw refuse(`${tutor.name} is not listed for this subject.`);
    if (tutor.excluded) throw refuse(`${tutor.name} must not be given this student.`);
    if (tutor.engaged) throw refuse(`${tutor.name} is engaged to this student for this subject and program already.`);
  }
}

/** What would be found only when a tutor accepts is found now, while somebody can mend it. */
async function checkRates(trx: Transaction<DB>, input: OfferValues, studentId: string): Promise<void> {
  for (const [side, field, amountPerHour] of [
    ['charge', 'chargeRate', input.chargeRate],
    ['pay', 'payRate', input.payRate],
  ] as const) {
    if (amountPerHour === null) continue;
    for (const tutorId of input.tutorIds) {
      const scope = { side, programId: input.programId, subjectId: input.subjectId, tutorId, studentId };
      const later = await laterRateOf(trx, scope, input.terms.startsOn);
      if (later) await refuseOverlap(trx, { ...scope, validFrom: input.terms.startsOn, validTo: null }, field);
    }
  }
}
