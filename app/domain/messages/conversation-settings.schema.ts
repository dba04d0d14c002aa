import { z } from 'zod';
import { messageRulesSchema } from './message-rules.ts';

const checkbox = z
  .string()
  .optional()
  .transform((value) => value === 'on');

/** The form of what holds for messages between tutors and families. */
export const conversationSettingsForm = z.object({
  conversations: checkbox,
  hide_contacts: checkbox,
  reply_domain: messageRulesSchema.shape.reply_domain.unwrap(),
});
