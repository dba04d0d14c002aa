import { describe, expect, it } from 'vitest';
import { defaultSchedulingRules } from './scheduling-rules.ts';
import { type RuleTexts, ruleTexts, schedulingSentences } from './scheduling-sentences.ts';

const texts = (over: Partial<RuleTexts> = {}): RuleTexts => ({ ...ruleTexts(defaultSchedulingRules), ...over });

describe('what the rules of planning mean', () => {
  it('is said of a new company’s', () => {
    expect(schedulingSentences(texts())).toMatchObject({
      unset: 'A tutor who has set no hours can be booked at any time that isn’t taken.',
      reach:
        'Tutors and families book at least 12 hours before the start and at most 90 days ahead. The office books whenever it likes.',
      limits: 'A tutor may be booked for as long as their hours allow.',
      tutors: 'A tutor plans nothing alone: the office does it.',
      families:
        'A family may cancel sessions at once, and asks the office to book or move. It may ask for a session or another time.',
      requests: 'What a family asks for goes to the office.',
      storefront: 'The public booking page is off.',
      idle: 'After 3 days with nothing booked, the tutor of an engagement is reminded; after as long again the office is told.',
    });
  });

  it('follows what is chosen', () => {
    const said = schedulingSentences(
      texts({
        minNoticeMinutes: '90',
        horizonDays: '1',
        maxMinutesPerDay: '480',
        'tutor.book': 'true',
        'tutor.move': 'true',
        'tutor.cancel': 'true',
        'storefront.enabled': 'true',
        'storefront.confirm': 'at_once',
        engagementIdleHours: '',
        'travel.speedKmh': '40',
        'travel.defaultMinutes': '20',
      }),
    );
    expect(said).toMatchObject({
      reach:
        'Tutors and families book at least one hour 30 minutes before the start and at most one day ahead. The office books whenever it likes.',
      limits: 'A tutor teaches at most 8 hours a day; the office may go beyond it and is told.',
      tutors: 'A tutor may book, move and cancel sessions with the students engaged to them at once.',
      idle: 'Nobody is chased when an engagement has nothing booked.',
    });
    expect(said.storefront).toContain('kept for 10 minutes while they say who they are, and then is booked at once');
    expect(said.travel).toContain('10 km take 15 minutes, and 20 minutes hold between places that aren’t on the map');
  });

  it('is left unsaid while a number is still being typed', () => {
    expect(schedulingSentences(texts({ minNoticeMinutes: '', 'travel.speedKmh': 'x', maxMinutesPerWeek: '1h' }))).toMatchObject({
      reach: undefined,
      travel: undefined,
      limits: undefined,
    });
  });
});
