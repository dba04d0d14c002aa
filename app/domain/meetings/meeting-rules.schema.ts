import { checkbox, wholeNumber } from '#app/domain/people/fields.ts';
import { meetingRulesSchema } from './meeting-rules.ts';

/** All rules of meetings as their form sends them: a box that is not ticked is not sent. */
export const meetingRulesForm = meetingRulesSchema.pick({ instant_credits: true }).extend({
  tutors_start_now: checkbox,
  tutors_invite: checkbox,
  guest_links: checkbox,
  lobby: checkbox,
  connection_warning_days: wholeNumber(0, 30, 'days'),
});
