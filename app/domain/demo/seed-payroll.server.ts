import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { approveTimeSheets } from '#app/domain/payroll/decide-time-sheets.server.ts';
import { saveWorkKind } from '#app/domain/payroll/save-work-kind.server.ts';
import { listWorkKinds } from '#app/domain/payroll/time-sheet-queries.server.ts';
import { writeTimeSheet } from '#app/domain/payroll/write-time-sheet.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { company, tutors } from './company.ts';
import { idOf } from './random.ts';
import { userIdOf } from './seed-people.server.ts';

const admin: Actor = { userId: userIdOf('admin'), kind: 'user' };

/** By days ago, the tutor's place in the company's list: what else was done, and how long. */
const done: [daysAgo: number, tutor: number, kind: 'Staff meeting' | 'Marking mock exams', minutes: number, note: string][] = [
  [9, 0, 'Staff meeting', 60, 'Autumn planning'],
  [9, 1, 'Staff meeting', 60, 'Autumn planning'],
  [4, 0, 'Marking mock exams', 90, 'Algebra, eleven papers'],
  [2, 2, 'Marking mock exams', 45, 'Chemistry'],
];

/** Work beside the sessions: some of it is approved, the last waits for the office. */
export async function seedPayroll(trx: Transaction<DB>, ctx: DomainContext): Promise<void> {
  const today = localDateOf(ctx.clock(), company.timezone);
  await saveWorkKind(trx, ctx, admin, { name: 'Staff meeting', amountPerHour: 1800n });
  await saveWorkKind(trx, ctx, admin, { name: 'Marking mock exams', amountPerHour: 2200n });
  const kinds = new Map((await listWorkKinds(trx)).map((kind) => [kind.name, kind.id]));
  for (const [index, [daysAgo, at, kind, minutes, note]] of done.entries()) {
    const tutor = tutors[at];
    const workKindId = kinds.get(kind);
    if (!tutor || !workKindId) continue;
    const id = idOf(`time-sheet ${index}`);
    await writeTimeSheet(trx, ctx, admin, {
      id,
      tutorId: tutor.id,
      workKindId,
      localDate: addDays(today, -daysAgo),
      minutes,
      note,
    });
    if (kind === 'Staff meeting') await approveTimeSheets(trx, ctx, admin, { entries: [{ id }] });
  }
}
