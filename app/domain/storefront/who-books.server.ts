import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import { addGuest } from './add-guest.server.ts';
import { getChild } from './family-queries.server.ts';
import type { Guest } from './guest.schema.ts';

export type Booker =
  | { kind: 'guest'; guest: Guest; timezone: string | null }
  /** Signed in: for one of their own students, on their own account. */
  | { kind: 'family'; clientIds: readonly string[]; studentId: string };

/** For whom it is: one of a signed-in family's own, or the new records of a guest. */
export async function whoBooks(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  booker: Booker,
): Promise<{ clientId: string; studentId: string }> {
  if (booker.kind === 'guest') return addGuest(trx, ctx, actor, booker.guest, booker.timezone);
  const { clientId, studentId } = await getChild(trx, booker.clientIds, booker.studentId);
  return { clientId, studentId };
}
