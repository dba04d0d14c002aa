import { z } from 'zod';
import {
  checkbox,
  freeText,
  optional,
  optionalId,
  recordId,
  requiredText,
  version,
  wholeNumber,
} from '#app/domain/people/fields.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import { TASK_EVENT_NAMES, TASK_KINDS } from './task-events.ts';

const aboutText = new RegExp(`^(${TASK_KINDS.join('|')}):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, 'i');

const fields = {
  title: requiredText('Say what is to be done', 200),
  body: freeText(2000),
  assigneeId: optionalId('Choose who does it'),
  dueOn: optional(z.string().refine(isLocalDate, 'Enter a date, such as 2026-03-08')),
};

export const newTaskSchema = z.object({
  /** Chosen by the form, so that sending it twice makes one. */
  id: recordId.optional(),
  ...fields,
  /** Whom or what it is about: `student:<id>`. */
  about: optional(z.string().regex(aboutText, 'That record is not there')),
});
export type NewTask = z.output<typeof newTaskSchema>;

export const taskEditSchema = z.object({ id: recordId, version, ...fields });
export type TaskEdit = z.output<typeof taskEditSchema>;

export const taskRuleSchema = z.object({
  event: z.enum(TASK_EVENT_NAMES, 'That event is not there'),
  enabled: checkbox,
  title: requiredText('Say what is to be done', 200),
  dueInDays: wholeNumber(0, 365, 'days'),
  assigneeId: optionalId('Choose who does it'),
  /** 0: nobody has set it yet. */
  version,
});
export type TaskRuleValues = z.output<typeof taskRuleSchema>;
