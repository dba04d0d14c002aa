import { formatDecimal, mileageAmount } from '#app/domain/billing/money.ts';
import type { CompanyFacts } from './company-facts.server.ts';
import { absenceHelp, differing, type HelpOf } from './help-page.ts';
import { policyWords, type Sees } from './policy-words.ts';
import { closeOutWords, conversationWords, feedbackWords, meetingWords, planningWords, reminderWords } from './rule-words.ts';

const SEES: Sees = { charge: false, pay: true, as: 'tutor' };

/** How it goes for a tutor: their own pay, nothing of the families' money. */
export function tutorHelp(facts: CompanyFacts, locale: string): HelpOf<'tutor'> {
  const { planning, closeOuts, messages, meetings, money } = facts;
  const done = (of: Pick<CompanyFacts, 'policy'>) => policyWords(of.policy, SEES).completion;
  return {
    day: {
      text: [
        '“Today” shows what is next, with Join when it is time, what to prepare, and which sessions wait to be closed out.',
        ...reminderWords(messages, 'tutor', locale),
      ],
      links: [{ to: '/tutor', label: 'Today' }],
    },
    prepare: {
      text: [
        'Before each session you find in one place where you left off, the homework and whether it is done, the goals, what the family asks, and materials.',
        'Your plan for the session is read by the family too.',
      ],
      links: [{ to: '/tutor/prepare', label: 'To prepare' }],
    },
    planning: {
      text: [
        ...planningWords(planning, 'tutor'),
        'Where something else was agreed for a student, your list of students says so.',
        planning.requestsTo === 'tutor'
          ? 'What families ask for comes to you: accept it, decline it, or offer other times.'
          : 'What families ask for goes to the office.',
      ],
      programs: differing(facts, (of) => planningWords(of.planning, 'tutor')),
      links: [
        { to: '/tutor/book', label: 'Book' },
        { to: '/tutor/students', label: 'Your students' },
      ],
    },
    hours: {
      text: [
        planning.unsetAvailability === 'always'
          ? 'As long as you have set no hours, you count as free at any time that isn’t taken.'
          : 'As long as you have set no hours, only the office can book you.',
        'Time off is asked for here too; the office decides on it, and what was planned then is looked at first.',
      ],
      links: [{ to: '/tutor/availability', label: 'Your hours' }],
    },
    meetings: {
      text: meetingWords(meetings, facts.joinWindowMinutes, 'tutor'),
      links: [
        { to: '/ready', label: 'Check camera and microphone' },
        { to: '/tutor/settings', label: 'Your accounts at meeting providers' },
      ],
    },
    'close-outs': {
      text: [...done(facts), ...closeOutWords(closeOuts, 'tutor'), ...feedbackWords(closeOuts, 'tutor')],
      programs: differing(facts, done),
      links: [{ to: '/tutor/closeouts', label: 'To close out' }],
    },
    cancelling: absenceHelp(facts, SEES),
    messages: { text: conversationWords(messages, 'tutor', planning.contactsVisible) },
    pay: {
      text: [
        'What you earned and no pay run has paid yet stands under “Pay”, line by line, and your statements below it.',
        ...mileageWords(facts),
        money.pay_when_paid ? 'A session is paid to you once the family has paid for it.' : '',
        {
          approved: 'Your statement comes by mail when the office approves the pay run.',
          paid: 'Your statement comes by mail when the pay run is paid.',
          never: 'Statements are not mailed: you find them here.',
        }[money.pay_statement_mail],
      ].filter(Boolean),
      programs: differing(facts, (of) => mileageWords({ ...facts, policy: of.policy })),
      links: [
        { to: '/tutor/pay', label: 'Pay' },
        { to: '/tutor/time-sheet', label: 'Time sheet' },
      ],
    },
    phone: phoneHelp('Without a connection, what you type into a close-out is kept on your device and sent later, once.'),
  };
}

function mileageWords({ policy, digits, currency }: Pick<CompanyFacts, 'policy' | 'digits' | 'currency'>): string[] {
  const ten = mileageAmount('10', policy.mileage.ratePerMile, digits);
  return [
    ten === 0n
      ? 'Miles are not paid.'
      : `10 miles to a home visit are paid ${formatDecimal(ten, digits)} ${currency}, on a line of their own.`,
  ];
}

/** Of everybody who is not of the office. */
export function phoneHelp(offline: string) {
  return {
    text: [
      'Lectern can stand among the apps of your phone. On an iPhone: Share, then “Add to Home Screen”. On Android: the browser’s menu, then “Install app” or “Add to Home screen”.',
      offline,
      'Your phone’s own calendar can show your sessions, and keeps them right by itself.',
    ].filter(Boolean),
    links: [{ to: '/account/calendars', label: 'Your sessions in your own calendar' }],
  };
}
