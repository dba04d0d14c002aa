import { z } from 'zod';

export const viewSchema = z.object({
  name: z.string().trim().min(1, 'Give the view a name').max(60, 'At most 60 characters'),
  search: z.string().max(1000, 'At most 1000 characters'),
  shared: z.boolean(),
});
export type ViewInput = z.infer<typeof viewSchema>;
