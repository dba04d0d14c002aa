import type { Insertable, Kysely, Selectable } from 'kysely';
import type { DB } from '#db/types.ts';
import { nextNumber } from './sequence.ts';

export async function aTutor(
  db: Kysely<DB>,
  over: Partial<Insertable<DB['tutor']>> & { subjectIds?: string[] } = {},
): Promise<Selectable<DB['tutor']>> {
  const n = nextNumber();
  const { subjectIds = [], ...columns } = over;
  const tutor = await db
    .insertInto('tutor')
    .values({ firstName: 'Tess', lastName: `Tutor ${n}`, email: `tutor${n}@example.test`, timezone: 'Europe/Dublin', ...columns })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (subjectIds.length > 0) {
    await db
      .insertInto('tutorSubject')
      .values(subjectIds.map((subjectId) => ({ tutorId: tutor.id, subjectId })))
      .execute();
  }
  return tutor;
}

export async function aClient(db: Kysely<DB>, over: Partial<Insertable<DB['client']>> = {}): Promise<Selectable<DB['client']>> {
  const n = nextNumber();
  return db
    .insertInto('client')
    .values({ name: `Client ${n}`, email: `client${n}@example.test`, ...over })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** With a client of their own where none is given. */
export async function aStudent(
  db: Kysely<DB>,
  over: Partial<Insertable<DB['student']>> = {},
): Promise<Selectable<DB['student']>> {
  const n = nextNumber();
  const clientId = over.clientId ?? (await aClient(db)).id;
  return db
    .insertInto('student')
    .values({ firstName: 'Sam', lastName: `Student ${n}`, ...over, clientId })
    .returningAll()
    .executeTakeFirstOrThrow();
}
