import { z } from 'zod';
import { API_SCOPES } from '#app/auth/api-scopes.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';

export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1, 'Say what will use it').max(80, 'At most 80 characters'),
  scopes: z.array(z.enum(API_SCOPES)).min(1, 'Choose what it may do'),
  /** The last day it is taken; empty: no end. */
  lastDay: z
    .string()
    .trim()
    .refine((text) => text === '' || isLocalDate(text), 'Choose a day'),
});
