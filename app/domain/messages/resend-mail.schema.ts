import { z } from 'zod';

/** Browser-safe. */
export const mailAddress = z
  .string()
  .trim()
  .max(254, 'This is too long')
  .regex(/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]+$/, 'Enter one mail address');

export const resendForm = z.object({ address: mailAddress, key: z.uuid() });

export const blockForm = z.object({ address: mailAddress, detail: z.string().trim().max(300, 'This is too long') });
