import { meetingRulesSchema } from '#app/domain/meetings/meeting-rules.ts';
import { checkbox } from '#app/domain/people/fields.ts';

/** The rules of meetings as their form sends them: a box that is not ticked is not sent. */
export const instantRulesSchema = meetingRulesSchema
  .pick({ instant_credits: true })
  .extend({ tutors_start_now: checkbox, tutors_invite: checkbox, guest_links: checkbox, lobby: checkbox });
