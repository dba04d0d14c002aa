import type { Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { oneLine, type QueuedMail, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { listLikelySame } from '#app/domain/storefront/likely-same.server.ts';
import type { DB } from '#db/types.ts';
import type { Enquiry } from './enquiry.schema.ts';

/**
 * "We have got your enquiry", to the address that was given, and word of it to the office. Whether the address signs in
 * here already is said to the address alone.
 */
export async function tellOfEnquiry(
  trx: Transaction<DB>,
  ctx: DomainContext,
  enquiry: Enquiry,
  made: { clientId: string; requestId: string; signedIn: boolean },
): Promise<void> {
  const known = await trx.selectFrom('users').select('id').where('email', '=', enquiry.email).executeTakeFirst();
  const office = await trx.selectFrom('organisation').select(['name', 'email']).executeTakeFirst();
  const lines = await linesOf(trx, enquiry);
  const likelySame = await listLikelySame(trx, made.clientId);
  const mails: QueuedMail[] = [
    {
      template: 'form-received',
      to: { name: enquiry.name, address: enquiry.email },
      data: {
        link: known ? `${ctx.config.origin}/login?to=%2Ffamily` : `${ctx.config.origin}/enquire`,
        form: 'enquiry',
        known: known !== undefined && !made.signedIn,
        lines,
        ...(enquiry.zone ? { zone: enquiry.zone } : {}),
      },
    },
  ];
  if (office?.email)
    mails.push({
      template: 'form-to-office',
      to: { name: office.name, address: office.email },
      data: {
        link: `${ctx.config.origin}/office/requests/${made.requestId}`,
        form: 'enquiry',
        from: oneLine(enquiry.name),
        likelyKnown: likelySame.length > 0,
        lines,
        note: enquiry.note,
      },
    });
  await queueMails(trx, ctx, mails);
}

/** Each student with what is asked for. */
async function linesOf(trx: Transaction<DB>, { students, name }: Enquiry): Promise<{ who: string; what: string }[]> {
  const ids = students.flatMap(({ subjectId }) => subjectId ?? []);
  const subjects = ids.length > 0 ? await trx.selectFrom('subject').select(['id', 'name']).where('id', 'in', ids).execute() : [];
  const names = new Map(subjects.map((subject) => [subject.id, subject.name]));
  return students.map((student) => ({
    who: oneLine(student.name || name),
    what: oneLine(names.get(student.subjectId ?? '') ?? 'Subject still open'),
  }));
}
