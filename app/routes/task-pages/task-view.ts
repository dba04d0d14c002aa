import type { TaskRow } from '#app/domain/tasks/queries.server.ts';
import { isTaskEvent, TASK_EVENTS } from '#app/domain/tasks/task-events.ts';

const PATHS = { tutor: 'tutors', client: 'clients', student: 'students', request: 'requests', session: 'sessions' } as const;

/** A task as a line shows it. */
export function viewTask(row: TaskRow) {
  const { id, title, body, dueOn, overdue, today, assigneeId, assigneeName, doneAt, doneByName, version } = row;
  return {
    ...{ id, title, body, dueOn, overdue, today, assigneeId, assigneeName, doneAt, doneByName, version },
    about:
      row.aboutKind && row.aboutId
        ? { name: row.aboutName ?? '', to: `/office/${PATHS[row.aboutKind]}/${row.aboutId}`, kind: row.aboutKind }
        : null,
    /** Why it is there, of one that an event made. */
    why: row.event && isTaskEvent(row.event) ? TASK_EVENTS[row.event].when : null,
  };
}
export type TaskView = ReturnType<typeof viewTask>;
