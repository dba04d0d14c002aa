import type { Insertable, Kysely, Selectable } from 'kysely';
import type { DB } from '#db/types.ts';
import { aStudent } from './people.ts';
import { aSubject } from './teaching.ts';

/** A new request of a student for a subject, both of its own unless given; `stage` by its name. */
export async function aRequest(
  db: Kysely<DB>,
  over: Partial<Insertable<DB['request']>> & { stage?: string } = {},
): Promise<Selectable<DB['request']>> {
  const { stage = 'New', ...columns } = over;
  const student = columns.studentId
    ? await db.selectFrom('student').select(['id', 'clientId']).where('id', '=', columns.studentId).executeTakeFirstOrThrow()
    : await aStudent(db);
  const subjectId = columns.subjectId ?? (await aSubject(db)).id;
  const { id: stageId } = await db.selectFrom('requestStage').select('id').where('name', '=', stage).executeTakeFirstOrThrow();
  return db
    .insertInto('request')
    .values({ stageId, zone: 'Europe/Dublin', ...columns, studentId: student.id, clientId: student.clientId, subjectId })
    .returningAll()
    .executeTakeFirstOrThrow();
}
