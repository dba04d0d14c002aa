import { z } from 'zod';
import { tagNames } from '#app/domain/tags/tag-names.ts';
import {
  freeText,
  mailLanguage,
  optionalEmail,
  optionalId,
  optionalPhone,
  optionalTimeZone,
  recordId,
  requiredText,
  version,
} from './fields.ts';
import { CLIENT_STATUSES } from './people-filter.ts';

export const clientSchema = z.object({
  name: requiredText('Enter the name that stands on the invoice'),
  email: optionalEmail,
  phone: optionalPhone,
  address: freeText(500),
  timezone: optionalTimeZone,
  locale: mailLanguage,
  /** Null: the organisation's. */
  billingInstallId: optionalId('Choose how this client is billed'),
  notes: freeText(),
  /** Left out: as it is; of a new one active. */
  status: z.enum(CLIENT_STATUSES, 'Choose where they stand').optional(),
  tags: tagNames.optional(),
});
export type ClientValues = z.output<typeof clientSchema>;

/** An adult who learns is their own client: both records at once. */
export const newClientSchema = clientSchema.extend({
  learnsToo: z.union([z.boolean(), z.literal('on').transform(() => true)]).default(false),
});
export type NewClient = z.output<typeof newClientSchema>;

export const clientEditSchema = clientSchema.extend({ id: recordId, version });
export type ClientEdit = z.output<typeof clientEditSchema>;
