import { z } from 'zod';
import { recordId, requiredText, version } from '#app/domain/people/fields.ts';

/** Lists of names that an admin keeps and records choose from. Browser-safe. */

export const NAMED_LISTS = ['tag', 'level', 'payGroup', 'clearanceType'] as const;
export type NamedList = (typeof NAMED_LISTS)[number];

interface Words {
  /** Of its table, in the log and in sentences. */
  table: 'tag' | 'level' | 'pay_group' | 'clearance_type';
  word: string;
  /** Its order is the admin's; else it is the alphabet's. */
  ordered: boolean;
}

export const namedLists: Record<NamedList, Words> = {
  tag: { table: 'tag', word: 'tag', ordered: false },
  level: { table: 'level', word: 'level', ordered: true },
  payGroup: { table: 'pay_group', word: 'pay group', ordered: false },
  clearanceType: { table: 'clearance_type', word: 'kind of clearance', ordered: true },
};

export const namedSchema = z.object({ name: requiredText('Enter a name', 80) });
export type NamedValues = z.output<typeof namedSchema>;

export const namedEditSchema = namedSchema.extend({ id: recordId, version });
export type NamedEdit = z.output<typeof namedEditSchema>;

/** A tag's name stands in a list with commas between. */
export const tagSchema = namedSchema.extend({
  name: namedSchema.shape.name.max(40, 'Keep it under 40 characters').refine((name) => !name.includes(','), 'Leave out commas'),
});
