import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { listOfficeChoices } from '#app/domain/requests/request-choices.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { listTasks } from '#app/domain/tasks/queries.server.ts';
import type { TaskKind } from '#app/domain/tasks/task-events.ts';
import { viewTask } from './task-view.ts';

const PATHS = { tutor: 'tutors', client: 'clients', student: 'students', request: 'requests', session: 'sessions' } as const;

/** The open tasks about a person, a request or a session, for `TasksPanel` on its page. */
export async function tasksOf(context: AppLoadContext, user: SignedInUser, about: { kind: TaskKind; id: string }) {
  const { db, clock } = context;
  const { timezone } = await getOrganisation(db);
  const [rows, office] = await Promise.all([
    listTasks(db, localDateOf(clock(), timezone), { about, done: false }, { limit: 20 }),
    listOfficeChoices(db),
  ]);
  return {
    tasks: rows.map(viewTask),
    office,
    about: `${about.kind}:${about.id}`,
    back: `/office/${PATHS[about.kind]}/${about.id}`,
    formId: randomUUID(),
    userId: user.id,
  };
}
export type TasksOf = Awaited<ReturnType<typeof tasksOf>>;
