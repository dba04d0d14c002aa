import type { StudentDetail } from '#app/domain/people/queries.server.ts';
import { asFormValues, type FormValues } from '#app/ui/record-answer.ts';

export function studentFormValues(student: StudentDetail): FormValues {
  const { clientId, firstName, lastName, email, grade, timezone, locale, notes } = student;
  const tags = student.tags.map((tag) => tag.name).join(', ');
  return asFormValues({ clientId, firstName, lastName, email, grade, timezone, locale, notes, tags });
}
