import { describe, expect, it } from 'vitest';
import { readMoneySettings } from '#app/domain/billing/money-settings.ts';
import { readCloseOutRules } from '#app/domain/closeout/close-out-rules.ts';
import { readMeetingRules } from '#app/domain/meetings/meeting-rules.ts';
import { readMessageRules } from '#app/domain/messages/message-rules.ts';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import { defaultSchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import type { CompanyFacts } from './company-facts.server.ts';
import { familyHelp, studentHelp } from './family-help.ts';
import type { HelpText } from './help-page.ts';
import { HELP_ROLES, HELP_TOPICS, helpAddress } from './help-topics.ts';
import { officeHelp } from './office-help.ts';
import { policyWords, type Sees } from './policy-words.ts';
import { tutorHelp } from './tutor-help.ts';

const facts = (over: Partial<CompanyFacts> = {}): CompanyFacts => ({
  name: 'Northside',
  currency: 'USD',
  digits: 2,
  locale: 'en-GB',
  support: '555 0100',
  durations: [60, 90],
  joinWindowMinutes: 10,
  policy: effectivePolicy({}),
  planning: defaultSchedulingRules,
  closeOuts: readCloseOutRules({}),
  messages: readMessageRules({}),
  meetings: readMeetingRules({}),
  money: readMoneySettings({}),
  programs: [],
  ...over,
});

const family: Sees = { charge: true, pay: false, as: 'family' };
const tutor: Sees = { charge: false, pay: true, as: 'tutor' };
const allOf = (help: object) =>
  (Object.values(help) as HelpText[])
    .flatMap(({ text, programs = [] }) => [...text, ...programs.flatMap((program) => program.text)])
    .join('\n');

/** Numbers that stand nowhere else. */
const telling = effectivePolicy({
  no_show: { wait_percent: '33', client_charge_percent: '61', tutor_pay_percent: '71', pay_base: 'session_fee' },
  late_cancel: {
    notice_hours: 24,
    client_charge_percent: '62',
    tutor_pay_percent: '72',
    steps: [{ under_hours: 4, client_charge_percent: '100', tutor_pay_percent: '73' }],
    free_per_term: 2,
  },
  make_up: { on: 'late_cancel', valid_days: 30 },
});

describe('what becomes of absences, said to each side', () => {
  it('a family reads every step, the free ones of a term and what can be made up for', () => {
    expect(policyWords(telling, family).lateCancel).toEqual([
      'A session that you cancel up to 24 hours before it begins costs nothing.',
      'With less than 24 hours of notice, 62% of the fee is charged; and with less than 4 hours of notice, the whole fee is charged.',
      'In each term 2 late cancellations of a student are free.',
    ]);
    expect(policyWords(telling, family).makeUp).toEqual([
      'A lesson that was cancelled late can be made up for within 30 days instead of being charged; after that it is charged.',
    ]);
  });

  it('a tutor reads how long they wait, and their own share', () => {
    expect(policyWords(telling, tutor).noShow).toEqual([
      'In a session of 60 minutes you wait 20 minutes before a student may be marked as not come; in a longer one in proportion.',
      'If a student doesn’t come, you are paid 71% of the fee.',
    ]);
  });

  it('notice of 0 hours means until the start, and after it', () => {
    const policy = effectivePolicy({
      late_cancel: { notice_hours: 0, client_charge_percent: '0', tutor_pay_percent: '0', steps: [] },
    });
    expect(policyWords(policy, family).lateCancel).toEqual([
      'A session that you cancel until it begins costs nothing.',
      'After the start, nothing is charged.',
    ]);
  });
});

describe('each role reads of its own money alone', () => {
  const company = facts({ policy: telling, programs: [{ name: 'Lincoln', policy: telling, planning: defaultSchedulingRules }] });
  const charged = /6[12]%|charged/;
  const paid = /7[123]%|is paid|are paid/;

  it('families nothing of pay, tutors nothing of charges, students nothing at all', () => {
    expect(allOf(familyHelp(company, 'en-GB'))).toMatch(charged);
    expect(allOf(familyHelp(company, 'en-GB'))).not.toMatch(paid);
    expect(allOf(tutorHelp(company, 'en-GB'))).toMatch(paid);
    expect(allOf(tutorHelp(company, 'en-GB'))).not.toMatch(charged);
    expect(allOf(studentHelp(company, 'en-GB'))).not.toMatch(/%|charged/);
  });

  it('a scheduler no pay and no invoices, an administrator all of it', () => {
    const scheduler = officeHelp(company, { money: false, pay: false, settings: false }, 'en-GB');
    expect(Object.keys(scheduler)).not.toEqual(expect.arrayContaining(['pay']));
    expect(allOf(scheduler)).not.toMatch(/7[123]%/);
    const admin = officeHelp(company, { money: true, pay: true, settings: true }, 'en-GB');
    expect(Object.keys(admin).sort()).toEqual(Object.keys(HELP_TOPICS.office).sort());
    expect(allOf(admin)).toMatch(/7[123]%/);
  });
});

describe('the help follows the rules', () => {
  it('chasing, what families see, reminders and quiet hours are said as they are set', () => {
    const said = allOf(
      tutorHelp(
        facts({
          closeOuts: readCloseOutRules({
            chase_minutes: [60],
            chase_daily: false,
            chase_office_hours: 3,
            families_see_goals: false,
          }),
          messages: readMessageRules({ remind_tutor: [120], quiet_from: 1200, quiet_to: 360 }),
        }),
        'en-GB',
      ),
    );
    expect(said).toContain('You are reminded one hour after the end; after 3 hours the office is told.');
    expect(said).toContain('The family reads the notes and the homework, and gets the summary by mail.');
    expect(said).toContain('You get a reminder 2 hours before a session.');
    expect(said).toContain('Between 20:00 and 06:00 only what can’t wait is sent.');
  });

  it('who may plan what, at once or by asking', () => {
    const may = (over: object) =>
      familyHelp(
        facts({
          planning: { ...defaultSchedulingRules, family: { request: true, book: false, move: false, cancel: true, ...over } },
        }),
        'en',
      ).booking.text[0];
    expect(may({})).toBe('You may cancel sessions at once; you ask the office to book or move.');
    expect(may({ book: true, move: true })).toBe('You may book, move and cancel sessions at once.');
    expect(may({ cancel: false })).toBe('You ask the office to book, move or cancel a session, on the session’s page.');
    expect(may({ request: false })).toBe('You may cancel sessions at once; to book or move one, write or ring the office.');
  });

  it('of a program only what differs from the company’s rules is said', () => {
    const policy = effectivePolicy({}, { completion: 'auto' });
    const help = tutorHelp(facts({ programs: [{ name: 'Lincoln', policy, planning: defaultSchedulingRules }] }), 'en');
    expect(help['close-outs'].programs).toEqual([
      { name: 'Lincoln', text: [expect.stringContaining('counts as given at its end')] },
    ]);
    expect(help.cancelling.programs).toEqual([]);
  });
});

it('a link into the help leads to a place that is there', () => {
  for (const role of HELP_ROLES)
    for (const id of Object.keys(HELP_TOPICS[role]))
      expect(helpAddress(`${role}/${id}` as never)).toBe(`/help?for=${role}#${id}`);
});
