import { type Kysely, sql } from 'kysely';
import { OFFICE_ROLES } from '#app/auth/roles.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { RequestValues } from './request.schema.ts';

type Named = Pick<RequestValues, 'subjectId' | 'programId' | 'levelId' | 'placeId' | 'wishTutorId' | 'assigneeId'>;

const WORDS = {
  subjectId: ['subject', 'subject'],
  programId: ['program', 'program'],
  levelId: ['level', 'level'],
  placeId: ['place', 'place'],
  wishTutorId: ['tutor', 'tutor'],
} as const;

/**
 * Everything a request names is there and in use; what it named before may have been archived meanwhile.
 * @throws DomainError unknown_reference or invalid_value at the field
 */
export async function checkRequest(db: Kysely<DB>, said: Named, before?: Named): Promise<void> {
  for (const field of Object.keys(WORDS) as (keyof typeof WORDS)[]) {
    const id = said[field];
    if (id === null || id === before?.[field]) continue;
    const [table, word] = WORDS[field];
    const { rows } = await sql<{ archived: boolean }>`
      SELECT archived_at IS NOT NULL AS archived FROM ${sql.table(table)} WHERE id = ${id}`.execute(db);
    if (!rows[0]) throw new DomainError('unknown_reference', `This ${word} is not there any more. Choose another.`, { field });
    if (rows[0].archived) throw new DomainError('invalid_value', `This ${word} is archived. Choose another.`, { field });
  }
  if (said.assigneeId !== null && said.assigneeId !== before?.assigneeId) await checkAssignee(db, said.assigneeId, 'assigneeId');
}

/** Somebody of the office who can sign in. */
export async function checkAssignee(db: Kysely<DB>, userId: string, field: string): Promise<void> {
  const user = await db
    .selectFrom('users')
    .innerJoin('userRole', 'userRole.userId', 'users.id')
    .select('users.id')
    .where('users.id', '=', userId)
    .where('users.disabledAt', 'is', null)
    .where('userRole.role', 'in', [...OFFICE_ROLES])
    .limit(1)
    .executeTakeFirst();
  if (!user) throw new DomainError('unknown_reference', 'Choose somebody of the office.', { field });
}
