import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { createClient } from '#app/domain/people/create-client.server.ts';
import { createStudent } from '#app/domain/people/create-student.server.ts';
import type { DB } from '#db/types.ts';
import type { Guest } from './guest.schema.ts';

/**
 * The records of a guest: always new ones, whoever has the same address. Nobody has shown yet that the address is theirs,
 * so nothing of theirs may touch another family's; the office sees who shares it.
 */
export async function addGuest(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  guest: Guest,
  timezone: string | null,
): Promise<{ clientId: string; studentId: string }> {
  const client = await createClient(trx, ctx, actor, {
    name: guest.name,
    email: guest.email,
    phone: guest.phone,
    address: '',
    timezone,
    billingInstallId: null,
    notes: '',
    learnsToo: false,
  });
  await trx.updateTable('client').set({ source: 'storefront' }).where('id', '=', client.id).execute();
  const learner = guest.student || guest.name;
  const [firstName = learner, ...rest] = learner.split(/\s+/);
  const student = await createStudent(trx, ctx, actor, {
    clientId: client.id,
    firstName,
    lastName: rest.join(' '),
    // An adult's own mails come once, as the client's.
    email: null,
    grade: guest.grade,
    timezone,
    notes: '',
  });
  return { clientId: client.id, studentId: student.id };
}
