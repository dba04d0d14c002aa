import type { Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { oneLine, type QueuedMail, queueMails } from '#app/domain/messages/queue-mail.server.ts';
import { fullName } from '#app/domain/people/names.ts';
import type { DB } from '#db/types.ts';
import type { Application } from './application.schema.ts';
import { listLikelySameTutors } from './likely-same-tutor.server.ts';

/**
 * "We have got your application", to the address that was given, and word of it to the office. Whether the address signs
 * in here already is said to the address alone.
 */
export async function tellOfApplication(
  trx: Transaction<DB>,
  ctx: DomainContext,
  tutorId: string,
  application: Application,
): Promise<void> {
  const { email, about, subjects } = application;
  const name = fullName(application);
  const { origin } = ctx.config;
  const known = await trx.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst();
  const office = await trx.selectFrom('organisation').select(['name', 'email']).executeTakeFirst();
  const taught =
    subjects.length > 0
      ? await trx.selectFrom('subject').select('name').where('id', 'in', subjects).orderBy('name').execute()
      : [];
  const lines =
    taught.length > 0 ? [{ who: oneLine(name), what: oneLine(taught.map((one) => one.name).join(', ')).slice(0, 300) }] : [];
  const mails: QueuedMail[] = [
    {
      template: 'form-received',
      to: { name, address: email },
      data: {
        link: known ? `${origin}/login` : `${origin}/apply`,
        form: 'application',
        known: known !== undefined,
        lines,
        ...(application.zone ? { zone: application.zone } : {}),
      },
    },
  ];
  if (office?.email)
    mails.push({
      template: 'form-to-office',
      to: { name: office.name, address: office.email },
      data: {
        link: `${origin}/office/tutors/${tutorId}`,
        form: 'application',
        from: oneLine(name),
        lines,
        note: about,
        likelyKnown: (await listLikelySameTutors(trx, tutorId)).length > 0,
      },
    });
  await queueMails(trx, ctx, mails);
}
