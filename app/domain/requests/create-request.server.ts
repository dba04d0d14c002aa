import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { newCustom } from '#app/domain/fields/save-custom.server.ts';
import { createClient } from '#app/domain/people/create-client.server.ts';
import { createStudent } from '#app/domain/people/create-student.server.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { setTags } from '#app/domain/tags/set-tags.server.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkRequest } from './check-request.server.ts';
import { type Duplicates, findDuplicates } from './find-duplicates.server.ts';
import type { NewRequest, RequestFor } from './request.schema.ts';
import type { RequestSource } from './request-kinds.ts';
import { getStageOfKind } from './stages.server.ts';
import { requestColumns, writeTimes } from './write-request.server.ts';

export interface CreatedRequest {
  id: string;
  ref: string;
  clientId: string | null;
  studentId: string | null;
}

/**
 * Puts a request at the beginning of the pipeline, and makes the client (a prospect) and the student it is for where they
 * are new. The same form sent twice (its `id`) makes one. An enquiry or a family's wish raises the office's task.
 * @throws DomainError unknown_reference and invalid_value at the field (people's as `studentId`, `clientId`);
 *   duplicate_reference (details: Duplicates) unless `despiteDuplicates`
 */
export async function createRequest(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: NewRequest,
): Promise<CreatedRequest> {
  return inTransaction(db, async (trx) => {
    const { id, source, for: whom, despiteDuplicates, custom, ...said } = input;
    if (id) {
      await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`request:${id}`}, 0))`.execute(trx);
      const there = await trx
        .selectFrom('request')
        .select(['id', 'ref', 'clientId', 'studentId'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (there) return there;
    }
    if (whom.who === 'student') await lockResources(trx, [whom.studentId], ctx.clock());
    if (!despiteDuplicates) refuseDuplicates(await findDuplicates(trx, whom, said.subjectId));
    await checkRequest(trx, said);
    const people = await peopleOf(trx, ctx, actor, whom, source);
    const stage = await getStageOfKind(trx, 'new');
    const now = ctx.clock();
    const request = await trx
      .insertInto('request')
      .values({
        ...(id ? { id } : {}),
        ...people,
        ...(await requestColumns(trx, said)),
        custom: newCustom(custom),
        source,
        stageId: stage.id,
        stageSince: now,
        createdAt: now,
        createdBy: actor.userId,
      })
      .returning(['id', 'ref'])
      .executeTakeFirstOrThrow();
    await writeTimes(trx, request.id, said.times);
    await setTags(trx, { requestId: request.id }, said.tags);
    await audit(trx, actor, {
      action: 'request.create',
      subjectType: 'request',
      subjectId: request.id,
      after: { ref: request.ref, source, ...people, subjectId: said.subjectId, stageId: stage.id },
    });
    if (source === 'enquiry' || source === 'family')
      await raiseTask(trx, ctx, { event: 'enquiry_received', key: request.id, about: { requestId: request.id } });
    return { ...request, ...people };
  });
}

function refuseDuplicates(found: Duplicates): void {
  const [request] = found.requests;
  if (request)
    throw new DomainError(
      'duplicate_reference',
      `${request.studentName} has an open request like this already (${request.ref}).`,
      {
        details: found,
      },
    );
  const [person] = found.people;
  if (!person) return;
  const same = { email: 'this e-mail address', phone: 'this phone number', name: 'this name' }[person.by];
  throw new DomainError('duplicate_reference', `There is a ${person.kind} with ${same} already: ${person.name}.`, {
    details: found,
  });
}

async function peopleOf(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  whom: RequestFor,
  source: RequestSource,
): Promise<{ clientId: string; studentId: string }> {
  if (whom.who === 'student') {
    const student = await trx
      .selectFrom('student')
      .select(['id', 'clientId', 'archivedAt'])
      .where('id', '=', whom.studentId)
      .executeTakeFirst();
    if (!student)
      throw new DomainError('unknown_reference', 'This student is not there. Choose another.', { field: 'studentId' });
    if (student.archivedAt)
      throw new DomainError('invalid_value', 'This student is archived. Bring them back first.', { field: 'studentId' });
    return { clientId: student.clientId, studentId: student.id };
  }
  if (whom.who === 'new_student')
    return { clientId: whom.clientId, ...(await aNewStudent(trx, ctx, actor, whom.clientId, whom.student)) };
  const { custom, ...client } = whom.client;
  const made = await createClient(trx, ctx, actor, { ...client, billingInstallId: null, learnsToo: whom.student === null });
  await trx
    .updateTable('client')
    .set({
      status: 'prospect',
      source: source === 'enquiry' ? 'enquiry' : 'office',
      custom: newCustom(custom),
    })
    .where('id', '=', made.id)
    .execute();
  if (made.studentId !== null) return { clientId: made.id, studentId: made.studentId };
  if (whom.student === null) throw new Error('a client who learns has no student');
  return { clientId: made.id, ...(await aNewStudent(trx, ctx, actor, made.id, whom.student)) };
}

async function aNewStudent(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  clientId: string,
  { custom, ...student }: Extract<RequestFor, { who: 'new_student' }>['student'],
): Promise<{ studentId: string }> {
  const { id } = await createStudent(trx, ctx, actor, { ...student, clientId });
  await trx
    .updateTable('student')
    .set({ custom: newCustom(custom) })
    .where('id', '=', id)
    .execute();
  return { studentId: id };
}
