import type { StudentDetail } from '#app/domain/people/queries.server.ts';
import { asFormValues, type FormValues } from '#app/ui/record-answer.ts';

export function studentFormValues({ clientId, firstName, lastName, email, grade, timezone, notes }: StudentDetail): FormValues {
  return asFormValues({ clientId, firstName, lastName, email, grade, timezone, notes });
}
