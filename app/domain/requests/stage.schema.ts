import { z } from 'zod';
import { optional, recordId, requiredText, version, wholeNumber } from '#app/domain/people/fields.ts';
import { STAGE_KINDS } from './request-kinds.ts';

const fields = {
  name: requiredText('Give the stage a name', 60),
  kind: z.enum(STAGE_KINDS, 'Choose what happens in it'),
  /** A request that stands longer in it is marked; null: never. */
  ageingDays: optional(wholeNumber(1, 365, 'days')),
};

export const stageSchema = z.object(fields);
export type StageValues = z.output<typeof stageSchema>;

export const stageEditSchema = z.object({ id: recordId, version, ...fields });
export type StageEdit = z.output<typeof stageEditSchema>;
