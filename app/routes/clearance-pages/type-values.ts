import type { ClearanceTypeRow } from '#app/domain/clearances/queries.server.ts';
import { asFormValues, type FormValues } from '#app/ui/record-answer.ts';

type Facts = Pick<ClearanceTypeRow, 'name' | 'required' | 'validMonths' | 'remindDays'>;

export const typeFormValues = ({ name, required, validMonths, remindDays }: Facts): FormValues => ({
  ...asFormValues({ name, required, validMonths }),
  remindDays: [remindDays.join(', ')],
});
