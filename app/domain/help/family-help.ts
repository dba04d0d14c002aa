import type { CompanyFacts } from './company-facts.server.ts';
import { absenceHelp, differing, type HelpOf } from './help-page.ts';
import { hoursText, listText } from './plain-words.ts';
import type { Sees } from './policy-words.ts';
import { conversationWords, feedbackWords, meetingWords, planningWords, reminderWords } from './rule-words.ts';
import { phoneHelp } from './tutor-help.ts';

const SEES: Sees = { charge: true, pay: false, as: 'family' };

/** How it goes for a family: what they are charged, nothing of what a tutor is paid. */
export function familyHelp(facts: CompanyFacts, locale: string): HelpOf<'family'> {
  const { planning, closeOuts, messages, money } = facts;
  return {
    lessons: {
      text: [
        'The first page shows the next lessons of each child, with Join when it is time.',
        ...reminderWords(messages, 'family', locale),
      ],
      links: [{ to: '/family/sessions', label: 'Sessions' }],
    },
    joining: joiningHelp(facts),
    booking: {
      text: planningWords(planning, 'family'),
      programs: differing(facts, (of) => planningWords(of.planning, 'family')),
      links: [{ to: '/family/book', label: 'Book' }],
    },
    cancelling: {
      ...absenceHelp(facts, SEES),
      links: [{ to: '/family/sessions', label: 'Sessions' }],
    },
    progress: {
      text: [
        `After a lesson you read ${seenText(facts)}.`,
        ...(closeOuts.families_see_homework ? ['Homework is ticked off there; the tutor sees it before the next lesson.'] : []),
        ...feedbackWords(closeOuts, 'family'),
      ],
    },
    messages: { text: conversationWords(messages, 'family', planning.contactsVisible) },
    paying: {
      text: [
        money.auto_charge_delay_hours > 0
          ? `An invoice is taken from a saved card ${hoursText(money.auto_charge_delay_hours)} after it was issued; without one you pay it as the invoice says.`
          : 'An invoice is taken from a saved card as soon as it is issued; without one you pay it as the invoice says.',
        money.families_buy_packages ? 'Packages of lessons can be bought under “Credits”.' : '',
        money.low_credit_mails ? 'When credits run low or are about to expire, you are told by mail.' : '',
        'Who cares for a child while somebody else pays sees the lessons and how they go, and no money.',
      ].filter(Boolean),
      links: [
        { to: '/family/invoices', label: 'Invoices' },
        { to: '/family/credits', label: 'Credits' },
      ],
    },
    phone: phoneHelp(''),
  };
}

/** For a student: no money, but what a cancellation means is the payer's to know. */
export function studentHelp(facts: CompanyFacts, locale: string): HelpOf<'student'> {
  const { planning, closeOuts, messages } = facts;
  return {
    lessons: {
      text: ['The first page shows your next lessons, with Join when it is time.', ...reminderWords(messages, 'student', locale)],
      links: [{ to: '/family/sessions', label: 'Sessions' }],
    },
    joining: joiningHelp(facts),
    questions: {
      text: [
        'On a lesson’s page you can write what the tutor should go through with you, and find materials for it. The tutor sees it before the lesson.',
      ],
      links: [{ to: '/family/sessions', label: 'Sessions' }],
    },
    homework: {
      text: [
        `After a lesson you read ${seenText(facts)}.`,
        ...(closeOuts.families_see_homework ? ['Tick homework off once it is done, and write how it went if you like.'] : []),
        ...feedbackWords(closeOuts, 'family').slice(0, 1),
      ],
    },
    cancelling: {
      text: [
        planning.family.request
          ? 'On a lesson’s page you can ask for another time or to cancel. Who pays for your lessons decides, and sees what it costs.'
          : 'Tell whoever pays for your lessons, as early as you can: they write to the office or ring.',
      ],
    },
    phone: phoneHelp(''),
  };
}

const joiningHelp = (facts: CompanyFacts) => ({
  text: [
    ...meetingWords(facts.meetings, facts.joinWindowMinutes, 'family'),
    facts.support ? `If it doesn’t work, reach ${facts.support}.` : '',
  ].filter(Boolean),
  links: [{ to: '/ready', label: 'Check camera and microphone' }],
});

function seenText({ closeOuts }: CompanyFacts): string {
  const seen = [
    ...(closeOuts.ask_summary ? ['a summary'] : []),
    ...(closeOuts.families_see_notes ? ['the tutor’s notes'] : []),
    ...(closeOuts.families_see_homework ? ['the homework'] : []),
    ...(closeOuts.families_see_goals ? ['how far the goals are'] : []),
  ];
  return seen.length === 0 ? 'that it took place' : listText(seen);
}
