import { MOST_STUDENTS } from '#app/domain/public-forms/enquiry.schema.ts';

/** The students of an enquiry form are named `students.0.name`, `students.1.name` and so on. */
const ROW = /^students\.(\d)\.(.+)$/;

/** How many there are: one at least. */
export function countStudents(names: Iterable<string>): number {
  let most = 0;
  for (const name of names) most = Math.max(most, Number(ROW.exec(name)?.[1] ?? 0));
  return Math.min(most + 1, MOST_STUDENTS);
}

/** What was typed without one of the students; those behind move up. */
export function withoutStudent(values: Record<string, readonly string[]>, gone: number): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const match = ROW.exec(name);
      if (!match) return [[name, value]];
      const index = Number(match[1]);
      if (index === gone) return [];
      return [[index > gone ? `students.${index - 1}.${match[2]}` : name, value]];
    }),
  );
}
