import { ruleTexts, schedulingSentences } from '#app/domain/scheduling/scheduling-sentences.ts';
import type { CompanyFacts } from './company-facts.server.ts';
import { absenceHelp, differing, type HelpOf, type HelpText } from './help-page.ts';
import { hoursText, listText } from './plain-words.ts';
import { policyWords, type Sees } from './policy-words.ts';
import { closeOutWords, conversationWords, feedbackWords, meetingWords, reminderWords } from './rule-words.ts';

/** What of the office's work this reader does: a scheduler has no money in it and no pay. */
export interface OfficeReader {
  money: boolean;
  pay: boolean;
  settings: boolean;
}

type OfficeHelp = Omit<HelpOf<'office'>, 'invoices' | 'credits' | 'pay' | 'settings'> &
  Partial<Pick<HelpOf<'office'>, 'invoices' | 'credits' | 'pay' | 'settings'>>;

export function officeHelp(facts: CompanyFacts, reader: OfficeReader, locale: string): OfficeHelp {
  const { planning, policy, closeOuts, messages, meetings, money } = facts;
  const sees: Sees = { charge: true, pay: reader.pay, as: 'office' };
  const done = (of: Pick<CompanyFacts, 'policy'>) => policyWords(of.policy, sees).completion;
  const rules = schedulingSentences(ruleTexts(planning));
  const says = (...lines: (string | undefined)[]) => lines.filter((line): line is string => Boolean(line));
  return {
    day: {
      text: [
        '“Today” shows sessions now and next, who is late, and what waits for somebody: each number leads to where it is solved.',
        'Ctrl K (on a Mac, Cmd K) finds people, sessions, invoices, pages and actions.',
      ],
      links: [
        { to: '/office', label: 'Today' },
        { to: '/office/tasks', label: 'Tasks' },
      ],
    },
    people: {
      text: [
        'A client pays, a student learns, a tutor teaches. A student can have several guardians, of whom one pays.',
        'Each person’s page has facts, schedule, history and notes; what is shared with a tutor or a family is marked so.',
        'Papers that tutors need (checks, permits) are asked for by kind, and remembered before they run out.',
      ],
      links: [
        { to: '/office/students', label: 'Students' },
        { to: '/office/tutors', label: 'Tutors' },
        { to: '/office/clearances', label: 'Clearances' },
      ],
    },
    matching: {
      text: says(
        'An enquiry is a request. It gives a ranked list of tutors; “nobody fits” says which rule stands in the way.',
        'A tutor can be offered a student and answers on their page; then an engagement begins, and sessions are planned.',
        rules.idle,
      ),
      links: [
        { to: '/office/requests', label: 'Requests' },
        { to: '/office/matching', label: 'Match all' },
      ],
    },
    planning: {
      text: says(
        rules.reach,
        rules.unset,
        rules.limits,
        rules.tutors,
        rules.families,
        rules.requests,
        rules.storefront,
        rules.travel,
      ),
      programs: differing(facts, (of) => {
        const own = schedulingSentences(ruleTexts(of.planning));
        return says(own.reach, own.limits, own.tutors, own.families, own.requests);
      }),
      links: [
        { to: '/office/board', label: 'Board' },
        { to: '/office/booking-requests', label: 'Booking requests' },
        ...(reader.settings ? [{ to: '/office/settings/scheduling', label: 'Change these rules' }] : []),
      ],
    },
    meetings: {
      text: [
        ...meetingWords(meetings, facts.joinWindowMinutes, 'office'),
        'A provider that is down fails no booking: the room is made as soon as it is back, and “Meetings” shows what waits.',
      ],
      links: [{ to: '/office/meetings', label: 'Meetings' }],
    },
    cancelling: {
      ...absenceHelp(facts, sees),
      ...(reader.settings ? { links: [{ to: '/office/settings/policies', label: 'Change these rules' }] } : {}),
    },
    'close-outs': {
      text: [...done(facts), ...closeOutWords(closeOuts, 'office')],
      programs: differing(facts, done),
      links: [
        { to: '/office/closeouts', label: 'Close-outs' },
        { to: '/office/attendance', label: 'Attendance' },
      ],
    },
    progress: {
      text: [
        'Tutors write notes, homework and how far the goals are at the close-out; a student’s page has all of it over time.',
        ...feedbackWords(closeOuts, 'office'),
      ],
    },
    messages: {
      text: [...reminderWords(messages, 'office', locale), ...conversationWords(messages, 'office', planning.contactsVisible)],
    },
    ...(reader.money ? { invoices: invoiceHelp(facts), credits: creditHelp(facts) } : {}),
    ...(reader.pay
      ? {
          pay: {
            text: says(
              'A pay run takes what was closed out (and approved, where that is asked for) in its period; what is left out is listed with the reason.',
              money.pay_when_paid ? 'A session is paid to its tutor once the invoices of its places are paid.' : undefined,
              money.unusual_pay_factor > 1
                ? `Pay of more than ${money.unusual_pay_factor} times the usual, or more than ${hoursText(money.pay_hours_a_week)} in a week, is pointed out.`
                : undefined,
            ),
            links: [
              { to: '/office/pay-runs', label: 'Pay runs' },
              { to: '/office/rates', label: 'Rates' },
            ],
          },
        }
      : {}),
    ...(reader.settings
      ? {
          settings: {
            text: [
              'What this page says follows from your settings, and changes with them. The rules that held when a session was booked stay with it.',
              `Lengths to choose from: ${listText(
                facts.durations.map((minutes) => `${minutes}`),
                'and',
              )} minutes. An invoice is due ${policy.invoice.dueDays === 1 ? 'one day' : `${policy.invoice.dueDays} days`} after it is issued.`,
            ],
            links: [{ to: '/office/settings', label: 'Settings' }],
          },
        }
      : {}),
  };
}

function invoiceHelp({ money, policy }: CompanyFacts): HelpText {
  return {
    text: [
      `A run proposes an invoice for each family from what took place; “Unbilled” says of everything else why it is on none. It is due after ${policy.invoice.dueDays === 1 ? 'one day' : `${policy.invoice.dueDays} days`}.`,
      money.second_person
        ? 'A run is put together by one administrator and confirmed by another.'
        : 'Whoever puts a run together may confirm it.',
      money.reminders
        ? 'Open invoices are reminded of by mail, by the steps you have set.'
        : 'Open invoices are not reminded of by mail.',
      'After an invoice is issued, a session is changed by a correction, which writes a credit note where one is needed.',
    ],
    links: [
      { to: '/office/invoices', label: 'Invoices' },
      { to: '/office/unbilled', label: 'Unbilled' },
      { to: '/office/payments', label: 'Payments' },
    ],
  };
}

function creditHelp({ money }: CompanyFacts): HelpText {
  const days = money.expiry_warning_days === 1 ? 'one day' : `${money.expiry_warning_days} days`;
  return {
    text: [
      'With credits a booking takes what it needs out of what is available; a timely cancellation gives it back. The package that expires first is used first.',
      money.low_credit_mails
        ? `Families are told when fewer than ${money.low_credits / 100} credits are left, and ${days} before some expire.`
        : 'Families are not told when credits run low.',
      money.families_buy_packages ? 'Families may buy packages themselves.' : 'Packages are sold by the office.',
    ],
    links: [
      { to: '/office/credits', label: 'Credits' },
      { to: '/office/settings/packages', label: 'Packages' },
    ],
  };
}
