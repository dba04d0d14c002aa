import { z } from 'zod';
import { checkbox, freeText, optionalEmail, optionalId, optionalPhone, recordId } from './fields.ts';

const relation = freeText(60);

/** Somebody on record, or somebody new by name. */
export const newGuardianSchema = z
  .object({
    studentId: recordId,
    clientId: optionalId('Choose somebody'),
    name: z.string().trim().max(120, 'Keep it under 120 characters').default(''),
    email: optionalEmail,
    phone: optionalPhone,
    relation,
    getsMails: checkbox,
  })
  .refine(({ clientId, name }) => clientId !== null || name !== '', {
    path: ['name'],
    message: 'Choose somebody who is here already, or enter the name of somebody new',
  });
export type NewGuardian = z.output<typeof newGuardianSchema>;

export const guardianEditSchema = z.object({ studentId: recordId, clientId: recordId, relation, getsMails: checkbox });
export type GuardianEdit = z.output<typeof guardianEditSchema>;
