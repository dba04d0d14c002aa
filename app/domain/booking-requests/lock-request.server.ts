import type { Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { RequestStatus } from './booking-request.schema.ts';
import { type BookingRequestRow, getBookingRequest } from './queries.server.ts';

/** The request, locked for an answer: of two who answer at once, the second sees what the first said. @throws DomainError not_found */
export async function lockRequest(trx: Transaction<DB>, id: string): Promise<BookingRequestRow> {
  await trx.selectFrom('bookingRequest').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  return getBookingRequest(trx, id);
}

const over: Partial<Record<RequestStatus, string>> = {
  accepted: 'This was accepted already.',
  declined: 'This was declined already.',
  withdrawn: 'This was withdrawn: there is nothing left to answer.',
};

/** @throws DomainError already_done when it was answered or withdrawn, conflict when it changed since it was read */
export function checkWaiting(request: BookingRequestRow, version: number | undefined): void {
  const said = over[request.status];
  if (said) throw new DomainError('already_done', said);
  if (version !== undefined && version !== request.version)
    throw new DomainError('conflict', 'This request changed while you were looking at it. Look again before you answer.');
}
