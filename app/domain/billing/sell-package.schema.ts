import { z } from 'zod';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

const date = z.string().refine(isLocalDate, 'Enter a date');

export const sellPackageSchema = z
  .object({
    /** Chosen by the form, so that sending it twice sells once. */
    id: z.uuid().optional(),
    ref: z.string().optional(),
    clientId: z.uuid('Choose a family'),
    /** The package of the list that it is sold from. */
    packageId: z.uuid().optional(),
    /** Restricts the credits to one child or one program. */
    studentId: z.uuid().optional(),
    programId: z.uuid().optional(),
    /** Hundredths of a credit. */
    credits: z.bigint().min(1n, 'Sell at least 0.01 credits'),
    /** Minor units. */
    price: z.bigint().min(0n, 'A price is not negative'),
    taxPercent: z
      .string()
      .regex(/^\d{1,2}(\.\d{1,4})?$|^100$/, 'Enter a percentage from 0 to 100')
      .optional(),
    purchasedOn: date,
    expiresOn: date.optional(),
    /** What the invoice calls it; default: so many credits. */
    description: z.string().trim().max(200).optional(),
    note: z.string().trim().max(1000).optional(),
  })
  .refine((sale) => !sale.expiresOn || sale.expiresOn >= sale.purchasedOn, {
    path: ['expiresOn'],
    message: 'Credits can’t expire before they are bought.',
  });
export type SellPackageInput = z.infer<typeof sellPackageSchema>;
