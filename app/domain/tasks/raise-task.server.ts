import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { TASK_EVENTS, type TaskEventName } from './task-events.ts';

const system: Actor = { userId: null, kind: 'system' };

/** Whom or what a task is about: one of them, or nothing. */
export type TaskAbout =
  | { tutorId: string }
  | { clientId: string }
  | { studentId: string }
  | { requestId: string }
  | { sessionId: string }
  | Record<string, never>;

export interface RaisedTask {
  event: TaskEventName;
  /** What happened, so that the same event makes one task: the request's id, the clearance's id and its day. */
  key: string;
  about: TaskAbout;
  /** What the office should know of it; no more than one line. */
  body?: string | undefined;
}

/**
 * Makes the task that an event asks for, as the admin's rule says, in the caller's transaction. The same event twice, or
 * an event whose rule is switched off, makes none. It is given to whom the rule names, else to who works on the request.
 * @returns the id of the new task, or null
 */
export async function raiseTask(
  trx: Transaction<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  { event, key, about, body = '' }: RaisedTask,
): Promise<string | null> {
  const rule = await findRule(trx, event);
  if (!rule.enabled) return null;
  const { timezone } = await trx.selectFrom('organisation').select('timezone').executeTakeFirstOrThrow();
  const assigneeId = rule.assigneeId ?? (await workerOf(trx, about));
  const task = await trx
    .insertInto('task')
    .values({
      ...about,
      title: rule.title,
      body,
      assigneeId,
      dueOn: addDays(localDateOf(ctx.clock(), timezone), rule.dueInDays),
      event,
      eventKey: `${event}:${key}`,
      createdAt: ctx.clock(),
    })
    .onConflict((conflict) => conflict.column('eventKey').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!task) return null;
  await audit(trx, system, { action: 'task.raise', subjectType: 'task', subjectId: task.id, after: { event, ...about } });
  return task.id;
}

/** What an event asked for is done: its open tasks about this need nobody any more. */
export async function settleTasks(
  trx: Transaction<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { events, about }: { events: readonly TaskEventName[]; about: Exclude<TaskAbout, Record<string, never>> },
): Promise<void> {
  const [column = '', id] = Object.entries(about)[0] ?? [];
  const done = await trx
    .updateTable('task')
    .set({ doneAt: ctx.clock(), doneBy: actor.userId, version: sql<number>`version + 1` })
    .where(sql<boolean>`${sql.ref(column)} = ${id}`)
    .where('event', 'in', [...events])
    .where('doneAt', 'is', null)
    .returning('id')
    .execute();
  for (const task of done) await audit(trx, actor, { action: 'task.settle', subjectType: 'task', subjectId: task.id });
}

/** As an admin set it, else as it comes with the product. */
export async function findRule(db: Kysely<DB>, event: TaskEventName) {
  const set = await db.selectFrom('taskRule').selectAll().where('event', '=', event).executeTakeFirst();
  return set ?? { ...TASK_EVENTS[event], event, assigneeId: null, version: 0 };
}

async function workerOf(trx: Transaction<DB>, about: TaskAbout): Promise<string | null> {
  if (!('requestId' in about)) return null;
  const request = await trx
    .selectFrom('request')
    .select('assigneeId')
    .where('id', '=', about.requestId ?? '')
    .executeTakeFirst();
  return request?.assigneeId ?? null;
}
