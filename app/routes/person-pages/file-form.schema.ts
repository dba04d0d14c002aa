import { z } from 'zod';
import { VISIBILITIES } from '#app/domain/people/about.ts';

export const fileSchema = z.object({ visibility: z.enum(VISIBILITIES, 'Choose who sees this file') });
