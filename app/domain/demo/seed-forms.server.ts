import type { Transaction } from 'kysely';
import type { DB } from '#db/types.ts';

/** Both public forms are open, with the words of the company. */
export async function seedForms(trx: Transaction<DB>): Promise<void> {
  await trx
    .updateTable('publicForm')
    .set({
      enabled: true,
      intro: 'Tell us who needs help with what, and when it suits. Two minutes are enough; we ask the rest when we call.',
      thanks: 'We look through our tutors and call you within one working day.',
    })
    .where('kind', '=', 'enquiry')
    .execute();
  await trx
    .updateTable('publicForm')
    .set({
      enabled: true,
      intro:
        'We look for people who know their subject and like to explain it. Send us a few lines, and your papers if you have them at hand.',
      thanks: 'We read every application, and write to you within a week.',
    })
    .where('kind', '=', 'application')
    .execute();
}
