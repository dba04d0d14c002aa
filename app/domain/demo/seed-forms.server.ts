import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { addUsualItems } from '#app/domain/checklists/add-checklist-item.server.ts';
import { CHECKLIST_ROLES } from '#app/domain/checklists/checklist.schema.ts';
import { tickChecklistItem } from '#app/domain/checklists/tick-checklist-item.server.ts';
import { decideApplicant } from '#app/domain/people/decide-applicant.server.ts';
import { sendApplication } from '#app/domain/public-forms/send-application.server.ts';
import type { DB } from '#db/types.ts';
import { subjectIdOf, userIdOf } from './seed-people.server.ts';

const WORDS = {
  enquiry: {
    intro: 'Tell us who needs help with what, and when it suits. Two minutes are enough; we ask the rest when we call.',
    thanks: 'We look through our tutors and call you within one working day.',
  },
  application: {
    intro:
      'We look for people who know their subject and like to explain it. Send us a few lines, and your papers if you have them at hand.',
    thanks: 'We read every application, and write to you within a week.',
  },
};

const APPLICANTS = [
  {
    firstName: 'Imani',
    lastName: 'Okafor',
    email: 'imani.okafor@demo.test',
    phone: '+1 914 555 0187',
    subjects: ['physics', 'calculus'],
    about: 'Final year of physics. I have led a maths circle at the library for two years, and would like to teach on weekdays.',
    takenOn: false,
  },
  {
    firstName: 'Teodor',
    lastName: 'Lindqvist',
    email: 'teodor.lindqvist@demo.test',
    phone: '+1 914 555 0164',
    subjects: ['spanish'],
    about: 'Spanish teacher, twelve years at a secondary school in Malmö. Moved here in the summer.',
    takenOn: true,
  },
] as const;

/** Both public forms are open, checklists are kept, and two people have applied, of whom one is on the way in. */
export async function seedForms(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const admin: Actor = { userId: userIdOf('admin'), kind: 'user' };
  for (const kind of ['enquiry', 'application'] as const)
    await trx
      .updateTable('publicForm')
      .set({ enabled: true, ...WORDS[kind] })
      .where('kind', '=', kind)
      .execute();
  for (const role of CHECKLIST_ROLES) await addUsualItems(trx, admin, role);
  for (const { takenOn, subjects, ...person } of APPLICANTS) {
    const application = {
      ...person,
      subjects: subjects.map(subjectIdOf),
      address: '',
      gender: null,
      languages: ['en'],
      zone: null,
      modes: ['online', 'in_person'],
      wishedHours: '10',
    };
    const guest: Actor = { userId: null, kind: 'guest' };
    await sendApplication(trx, ctx, guest, { key: `demo ${person.email}`, application, custom: {}, documents: [] });
    if (takenOn) await takeOn(trx, ctx, admin, person.email);
  }
}

/** Interviewed, and taken on. */
async function takeOn(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, email: string): Promise<void> {
  const { id } = await trx.selectFrom('tutor').select('id').where('email', '=', email).executeTakeFirstOrThrow();
  await decideApplicant(trx, ctx, actor, { tutorId: id, to: 'onboarding', reason: '', invite: false });
  const item = await trx
    .selectFrom('checklistItem')
    .select('id')
    .where('role', '=', 'tutor')
    .where('doneBy', '=', 'office')
    .orderBy('position')
    .executeTakeFirstOrThrow();
  await tickChecklistItem(trx, ctx, actor, 'office', { itemId: item.id, role: 'tutor', personId: id, done: true });
}
