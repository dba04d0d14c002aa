import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import type { CustomPatch } from '#app/domain/fields/custom-field.ts';
import { newCustom } from '#app/domain/fields/save-custom.server.ts';
import { addFile } from '#app/domain/files/add-file.server.ts';
import { createTutor } from '#app/domain/people/create-tutor.server.ts';
import { tutorSchema } from '#app/domain/people/tutor.schema.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { Application } from './application.schema.ts';
import { takeAnswer } from './take-answer.server.ts';
import { tellOfApplication } from './tell-of-application.server.ts';

export interface SendApplication {
  /** See answerKey. */
  key: string;
  application: Application;
  custom: CustomPatch;
  documents: { name: string; content: Uint8Array }[];
}

/**
 * Takes in an application: a tutor with the status applicant, who is not matched or offered anything, with their documents,
 * a task and mails. Always a new record, whoever has the same address; the office sees who shares it. The same answer sent
 * twice makes one.
 * @throws DomainError closed; invalid_value at `documents`; as createTutor
 */
export async function sendApplication(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: SendApplication): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (!(await takeAnswer(trx, 'application', input.key))) return;
    const tutorId = await makeApplicant(trx, ctx, actor, input);
    for (const { name, content } of input.documents)
      await addFile(trx, ctx, actor, { about: { tutorId }, name, content, visibility: 'office' });
    await raiseTask(trx, ctx, { event: 'application_received', key: tutorId, about: { tutorId } });
    await tellOfApplication(trx, ctx, tutorId, input.application);
  });
}

async function makeApplicant(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, input: SendApplication): Promise<string> {
  const { application, custom } = input;
  const { firstName, lastName, email, phone, modes } = application;
  const { timezone } = await trx.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow();
  const values = tutorSchema.parse({
    firstName,
    lastName,
    email,
    phone,
    timezone: application.zone ?? timezone,
    bufferMinutes: 0,
    notes: application.about,
    subjects: application.subjects.map((subjectId) => ({ subjectId })),
  });
  const tutor = await createTutor(trx, ctx, actor, values);
  // Whoever says neither teaches either way.
  const teaches = (mode: string) => modes.length === 0 || modes.includes(mode);
  await trx
    .updateTable('tutor')
    .set({
      status: 'applicant',
      source: 'application',
      gender: application.gender,
      languages: application.languages,
      teachesOnline: teaches('online'),
      teachesInPerson: teaches('in_person'),
      homeAddress: application.address,
      wishedHoursPerWeek: application.wishedHours,
      custom: newCustom(custom),
    })
    .where('id', '=', tutor.id)
    .execute();
  return tutor.id;
}
