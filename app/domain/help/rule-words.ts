import type { CloseOutRules } from '#app/domain/closeout/close-out-rules.ts';
import type { MeetingRules } from '#app/domain/meetings/meeting-rules.ts';
import type { MessageRules } from '#app/domain/messages/message-rules.ts';
import type { SchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import { hoursText, lengthText, listText, minuteText } from './plain-words.ts';

/** What a tutor or a family may plan, in sentences to them. */
export function planningWords(rules: SchedulingRules, by: 'tutor' | 'family'): string[] {
  const mine = rules[by];
  const acts = ['book', 'move', 'cancel'] as const;
  const may = acts.filter((act) => mine[act]);
  const not = acts.filter((act) => !mine[act]);
  const whom = by === 'family' && rules.requestsTo === 'tutor' ? 'the tutor' : 'the office';
  const asks = by === 'tutor' || rules.family.request;
  const rest = asks ? `you ask ${whom} to ${listText(not, 'or')}` : `the office ${listText(not, 'and')}s for you: write or ring`;
  return [
    may.length === 0
      ? asks
        ? `You ask ${whom} to book, move or cancel a session, on the session’s page.`
        : 'The office plans your sessions: write or ring to change something.'
      : `You may ${listText(may)} sessions at once${not.length === 0 ? '' : `; ${asks ? rest : `to ${listText(not, 'or')} one, write or ring the office`}`}.`,
    ...(mine.book
      ? [
          `You book ${rules.minNoticeMinutes === 0 ? 'up to the start' : `at least ${lengthText(rules.minNoticeMinutes)} before the start`} and at most ${rules.horizonDays === 1 ? 'one day' : `${rules.horizonDays} days`} ahead.`,
        ]
      : []),
  ];
}

export function meetingWords(rules: MeetingRules, joinWindowMinutes: number, as: 'office' | 'tutor' | 'family'): string[] {
  return [
    `Join opens ${joinWindowMinutes === 0 ? 'at the start' : `${lengthText(joinWindowMinutes)} before the start`} and stays until the end. The link is always the newest: nobody has to copy one.`,
    ...(as === 'family'
      ? []
      : [
          rules.tutors_start_now
            ? 'A session can be started at once with “Instant session”; the family is told with the link.'
            : '',
        ]),
    ...(rules.lobby
      ? [
          `In the classroom ${as === 'family' ? 'you wait until the tutor lets you in' : 'whoever isn’t the tutor waits until let in'}.`,
        ]
      : []),
    ...(as === 'office'
      ? [
          rules.guest_links
            ? 'Guests can come in by a signed link of their own, without signing in.'
            : 'Guests have to sign in to join.',
        ]
      : []),
  ].filter(Boolean);
}

export function closeOutWords(rules: CloseOutRules, as: 'office' | 'tutor'): string[] {
  const you = as === 'tutor' ? 'You' : 'The tutor';
  const [is, says] = as === 'tutor' ? ['are', 'say'] : ['is', 'says'];
  return [
    rules.lock_times
      ? `${you} ${as === 'tutor' ? 'confirm' : 'confirms'} the planned start and minutes; only the office says others.`
      : `${you} ${says} when it really began and how long it took.`,
    ...(rules.notes_required ? ['Notes have to be written.'] : []),
    `The family reads ${seenByFamilies(rules)}${rules.mail_summary && rules.ask_summary ? ', and gets the summary by mail' : ''}. A private note is for the office alone.`,
    rules.chase ? chaseWords(rules, `${you} ${is}`) : 'Nobody is reminded of a missing close-out.',
    as === 'tutor'
      ? 'A session that is not closed out is in no pay.'
      : 'A session that is not closed out is in no invoice and no pay.',
  ];
}

function seenByFamilies(rules: CloseOutRules): string {
  const seen = [
    ...(rules.families_see_notes ? ['the notes'] : []),
    ...(rules.families_see_homework ? ['the homework'] : []),
    ...(rules.families_see_goals ? ['the goals with their ratings'] : []),
  ];
  return seen.length === 0 ? 'none of it' : listText(seen);
}

function chaseWords(rules: CloseOutRules, youAre: string): string {
  const at = [...rules.chase_minutes].sort((a, b) => a - b).map(lengthText);
  const when = [
    ...(at.length > 0 ? [`${listText(at)} after the end`] : []),
    ...(rules.chase_daily ? ['then once a day for two weeks'] : []),
  ];
  const office = `after ${hoursText(rules.chase_office_hours)} the office is told`;
  return when.length === 0
    ? `${office.charAt(0).toUpperCase()}${office.slice(1)}.`
    : `${youAre} reminded ${when.join(', ')}; ${office}.`;
}

export function feedbackWords(rules: CloseOutRules, as: 'office' | 'tutor' | 'family'): string[] {
  if (!rules.feedback) return [];
  const asked =
    rules.feedback_every === 0
      ? 'Nobody is asked for it by mail.'
      : `${as === 'family' ? 'You are' : 'Families are'} asked by mail after the first session with a tutor${rules.feedback_every === 1 ? ' and after each one' : `, and after every ${rules.feedback_every}`}.`;
  const who =
    as === 'family'
      ? 'You can say how a session was, for seven days after it. The office reads it.'
      : 'Both sides can say how a session was, for seven days after it. The office reads it.';
  return as === 'tutor' ? [who] : [who, asked];
}

export function reminderWords(rules: MessageRules, as: 'office' | 'tutor' | 'family' | 'student', locale: string): string[] {
  const times = (minutes: readonly number[]) =>
    `${listText([...minutes].sort((a, b) => b - a).map(lengthText))} before a session`;
  const said = (who: string, minutes: readonly number[]) =>
    minutes.length === 0 ? `${who} no reminder of sessions.` : `${who} a reminder ${times(minutes)}.`;
  const own = { tutor: rules.remind_tutor, family: rules.remind_family, student: rules.remind_student };
  const lines =
    as === 'office'
      ? [
          said('Families get', rules.remind_family),
          said('Students get', rules.remind_student),
          said('Tutors get', rules.remind_tutor),
        ]
      : [said('You get', own[as])];
  if (rules.families_choose && as !== 'tutor')
    lines.push(
      as === 'office'
        ? 'Families may choose other times for themselves.'
        : 'You may choose other times, under “Mails” in your account.',
    );
  if (rules.quiet)
    lines.push(
      `Between ${minuteText(rules.quiet_from, locale)} and ${minuteText(rules.quiet_to, locale)} only what can’t wait is sent.`,
    );
  return lines;
}

/** @param contactsVisible the rule of planning; the rule of messages may hide what it shows */
export function conversationWords(rules: MessageRules, as: 'office' | 'tutor' | 'family', contactsVisible: boolean): string[] {
  if (!rules.conversations)
    return [
      as === 'office'
        ? 'Tutors and families don’t write to each other here.'
        : 'What you want to say to each other goes through the office.',
    ];
  const whom = {
    office: 'Tutors and families write to each other here, one conversation for each student.',
    tutor: 'You write to a student’s family under “Messages”.',
    family: 'You write to your tutor under “Messages”.',
  }[as];
  return [
    `${whom} The office can read along.`,
    rules.hide_contacts || !contactsVisible
      ? 'Mail addresses and phone numbers of tutors and families are not shown to each other.'
      : 'Tutors and families who belong together may see each other’s mail address and phone number.',
    ...(rules.reply_domain
      ? ['A message comes by mail too, and can be answered there.']
      : ['A message comes by mail too; it is answered here.']),
  ];
}
