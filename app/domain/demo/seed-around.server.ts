import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { addFile } from '#app/domain/files/add-file.server.ts';
import { addNote } from '#app/domain/notes/add-note.server.ts';
import type { About, Visibility } from '#app/domain/people/about.ts';
import { addGuardian } from '#app/domain/people/add-guardian.server.ts';
import { tagPeople } from '#app/domain/people/tag-people.server.ts';
import type { DB } from '#db/types.ts';

/** What a person of the demo's office has written down about a family and a tutor: notes, a file, a guardian, tags. */
export async function seedAround(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const [writer, payer, tutor] = await Promise.all([
    trx.selectFrom('users').select('id').where('email', '=', 'scheduler@demo.test').executeTakeFirst(),
    trx
      .selectFrom('users')
      .innerJoin('client', 'client.userId', 'users.id')
      .select('client.id')
      .where('users.email', '=', 'family@demo.test')
      .executeTakeFirst(),
    trx
      .selectFrom('users')
      .innerJoin('tutor', 'tutor.userId', 'users.id')
      .select('tutor.id')
      .where('users.email', '=', 'tutor@demo.test')
      .executeTakeFirst(),
  ]);
  if (!writer || !payer || !tutor) return;
  const students = await trx
    .selectFrom('student')
    .select('id')
    .where('clientId', '=', payer.id)
    .orderBy('ref')
    .limit(2)
    .execute();
  const [first, second = first] = students;
  if (!first || !second) return;
  const by = (daysAgo: number): Actor => ({
    kind: 'user',
    userId: writer.id,
    at: new Date(ctx.clock().getTime() - daysAgo * 86_400_000),
  });
  const notes: [About, Visibility, number, boolean, string][] = [
    [{ studentId: first.id }, 'tutor', 40, true, 'Allergic to peanuts: no snacks with nuts in the room.'],
    [{ studentId: first.id }, 'office', 12, false, 'Exam in June. The family would like two lessons a week from April on.'],
    [{ studentId: second.id }, 'family', 6, false, 'The report of this term comes on the first Monday of next month.'],
    [{ clientId: payer.id }, 'admins', 30, false, 'Agreed by phone: invoices may be paid within three weeks.'],
    [{ tutorId: tutor.id }, 'tutor', 3, false, 'The new workbooks for algebra are in the office, second shelf.'],
  ];
  for (const [about, visibility, daysAgo, pinned, body] of notes)
    await addNote(trx, ctx, by(daysAgo), { about, visibility, pinned, body });
  const plan = 'Learning plan\n\n1. Linear equations\n2. Quadratic equations\n3. Old exam papers, one a week\n';
  await addFile(trx, ctx, by(20), {
    about: { studentId: first.id },
    name: 'Learning plan.txt',
    content: Buffer.from(plan),
    visibility: 'family',
  });
  await tagPeople(trx, ctx, by(12), { kind: 'student', ids: [first.id], names: ['Exam this year'] });
  await tagPeople(trx, ctx, by(30), { kind: 'client', ids: [payer.id], names: ['Siblings'] });
  // Somebody of another family who fetches the child now and then.
  const aunt = await trx.selectFrom('client').select('id').where('userId', 'is', null).orderBy('ref').executeTakeFirst();
  const guardian = { studentId: first.id, name: '', email: null, phone: null, relation: 'aunt', getsMails: false };
  if (aunt) await addGuardian(trx, ctx, by(25), { ...guardian, clientId: aunt.id });
}
