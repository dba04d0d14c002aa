import { z } from 'zod';
import { FILE_TYPE_NAMES, type FileType, MOST_MEGABYTES } from '#app/domain/files/file-types.ts';

/** What the admin sets of people, stored in `organisation.people`. Browser-safe. */

const message = `Enter whole megabytes up to ${MOST_MEGABYTES}; leave it empty for files that are not taken`;
const blankIsNought = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? 0 : value);
const megabytes = z.preprocess(blankIsNought, z.coerce.number(message).int(message).min(0, message).max(MOST_MEGABYTES, message));

export const peopleRulesSchema = z.object({
  /** The largest file taken of each type, in megabytes; 0: none of them is. */
  files: z.object(Object.fromEntries(FILE_TYPE_NAMES.map((type) => [type, megabytes])) as Record<FileType, typeof megabytes>),
});
export type PeopleRules = z.output<typeof peopleRulesSchema>;

export const defaultPeopleRules: PeopleRules = {
  files: {
    ...{ pdf: 10, jpeg: 10, png: 10, webp: 10, heic: 10, word: 10, excel: 10, powerpoint: 20 },
    ...{ odt: 10, ods: 10, odp: 20, text: 1 },
  },
};

/** The stored rules with everything that is missing filled from the defaults. */
export function readPeopleRules(stored: unknown): PeopleRules {
  const said = (stored ?? {}) as Partial<PeopleRules>;
  return peopleRulesSchema.parse({ ...defaultPeopleRules, ...said, files: { ...defaultPeopleRules.files, ...said.files } });
}

/** The types that are taken. */
export function fileTypesTaken({ files }: PeopleRules): FileType[] {
  return FILE_TYPE_NAMES.filter((type) => files[type] > 0);
}
