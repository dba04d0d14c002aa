import { z } from 'zod';

const integer = z.string().regex(/^\d+$/).transform(BigInt);

const stored = z.object({
  name: z.string(),
  credits: integer,
  price: integer,
  taxPercent: z.string(),
  programId: z.string().nullable(),
  perStudent: z.boolean(),
  validDays: z.number().nullable(),
});

/** What a buyer was told of a package: credits in hundredths, the net price in minor units. */
export type PackageTerms = z.output<typeof stored>;

/** As they are kept with an attempt to pay. */
export function storedTerms({ name, credits, price, taxPercent, programId, perStudent, validDays }: PackageTerms): string {
  return JSON.stringify({
    ...{ name, credits: credits.toString(), price: price.toString() },
    ...{ taxPercent, programId, perStudent, validDays },
  });
}

export const readTerms = (value: unknown): PackageTerms => stored.parse(value);
