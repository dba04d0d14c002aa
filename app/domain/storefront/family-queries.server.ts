import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { fullName } from '#app/domain/people/names.ts';
import type { DB } from '#db/types.ts';
import type { Payer } from './quote-plan.server.ts';

export interface Child extends Payer {
  name: string;
}

/** The students of a signed-in client, for whom they may book. */
export async function listChildren(db: Kysely<DB>, clientIds: readonly string[]): Promise<Child[]> {
  if (clientIds.length === 0) return [];
  const rows = await db
    .selectFrom('student')
    .innerJoin('client', 'client.id', 'student.clientId')
    .select(['student.id', 'student.firstName', 'student.lastName', 'client.id as clientId', 'client.ref as clientRef'])
    .select(
      sql<string>`coalesce(client.billing_install_id, (SELECT billing_install_id FROM organisation))`.as('billingInstallId'),
    )
    .where('client.id', '=', sql<string>`ANY(${[...clientIds]}::uuid[])`)
    .where('client.archivedAt', 'is', null)
    .where('student.archivedAt', 'is', null)
    .orderBy('student.firstName')
    .orderBy('student.id')
    .execute();
  return rows.map(({ id, clientId, clientRef, billingInstallId, ...names }) => ({
    studentId: id,
    clientId,
    clientRef,
    billingInstallId,
    name: fullName(names),
  }));
}

/** @throws DomainError unknown_reference for a student who isn't theirs */
export async function getChild(db: Kysely<DB>, clientIds: readonly string[], studentId: string): Promise<Child> {
  const child = (await listChildren(db, clientIds)).find((one) => one.studentId === studentId);
  if (!child)
    throw new DomainError('unknown_reference', 'Choose who the lesson is for.', {
      field: 'studentId',
    });
  return child;
}
