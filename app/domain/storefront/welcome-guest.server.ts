import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { oneLine, queueMail } from '#app/domain/messages/queue-mail.server.ts';
import { addUser } from '#app/domain/people/invite-user.server.ts';
import { fullName } from '#app/domain/people/names.ts';
import { sendInvitation } from '#app/domain/people/resend-invitation.server.ts';
import { lockUsers, writeRoles } from '#app/domain/people/user-access.server.ts';
import { linkUser } from '#app/domain/people/user-link.server.ts';
import type { DB } from '#db/types.ts';

export interface GuestBooking {
  clientId: string;
  studentId: string;
  lesson: string;
  tutorName: string;
  startsAt: Date;
  endsAt: Date;
}

/**
 * The mails to a guest of the booking page after a firm booking: an invitation to make the account, or, where the address
 * signs in here already, word that this was booked beside that account. Which of the two it was is told to the address
 * alone. For a client who came another way, or has an account, it does nothing.
 */
export async function welcomeGuest(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, booking: GuestBooking): Promise<void> {
  const guest = await readGuest(trx, booking);
  if (!guest) return;
  await lockUsers(trx);
  if (await signsInHere(trx, guest.email)) return tellGuest(trx, ctx, booking, { firm: true });
  const roles = ['client'] as const;
  const link = { type: 'client', id: booking.clientId } as const;
  const userId = await addUser(trx, guest);
  await writeRoles(trx, userId, roles);
  await linkUser(trx, { userId, roles, link });
  await audit(trx, actor, { action: 'user.invite', subjectType: 'user', subjectId: userId, after: { roles, link } });
  // In the company's name, whoever accepted the booking.
  await sendInvitation(trx, ctx, { ...actor, userId: null }, { id: userId, email: guest.email, name: guest.name, roles });
}

/** "We have got your booking", to the guest. */
export async function tellGuest(
  trx: Transaction<DB>,
  ctx: DomainContext,
  booking: GuestBooking,
  { firm }: { firm: boolean },
): Promise<void> {
  const guest = await readGuest(trx, booking);
  if (!guest) return;
  const known = await signsInHere(trx, guest.email);
  const organisation = await trx.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow();
  await queueMail(trx, ctx, {
    template: 'booking-received',
    to: { name: guest.name, address: guest.email },
    data: {
      link: `${ctx.config.origin}${known ? '/login?to=%2Ffamily' : '/book'}`,
      firm,
      known,
      lesson: oneLine(booking.lesson),
      tutor: oneLine(booking.tutorName),
      student: oneLine(guest.studentName),
      startsAt: booking.startsAt.toISOString(),
      endsAt: booking.endsAt.toISOString(),
      companyZone: organisation.timezone,
      ...(guest.timezone ? { zone: guest.timezone } : {}),
    },
  });
}

async function readGuest(trx: Transaction<DB>, { clientId, studentId }: GuestBooking) {
  const client = await trx
    .selectFrom('client')
    .select(['name', 'email', 'timezone'])
    .where('id', '=', clientId)
    .where('source', '=', 'storefront')
    .where('userId', 'is', null)
    .executeTakeFirst();
  if (!client?.email) return undefined;
  const student = await trx
    .selectFrom('student')
    .select(['firstName', 'lastName'])
    .where('id', '=', studentId)
    .executeTakeFirstOrThrow();
  return { ...client, email: client.email, studentName: fullName(student) };
}

async function signsInHere(trx: Transaction<DB>, email: string): Promise<boolean> {
  return (await trx.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst()) !== undefined;
}
