import type { SchedulingRules } from './scheduling-rules.ts';

/** What the rules of planning mean, in plain sentences; from texts as they are typed, so undefined where one can't be read yet. */

export interface RuleTexts {
  unsetAvailability: string;
  minNoticeMinutes: string;
  horizonDays: string;
  maxMinutesPerDay: string;
  maxMinutesPerWeek: string;
  requestsTo: string;
  contactsVisible: string;
  engagementIdleHours: string;
  'tutor.book': string;
  'tutor.move': string;
  'tutor.cancel': string;
  'family.request': string;
  'family.book': string;
  'family.move': string;
  'family.cancel': string;
  'storefront.enabled': string;
  'storefront.confirm': string;
  'storefront.holdMinutes': string;
  'travel.defaultMinutes': string;
  'travel.speedKmh': string;
}

export type RuleName = keyof RuleTexts;

export interface RuleSentences {
  unset: string | undefined;
  reach: string | undefined;
  limits: string | undefined;
  tutors: string | undefined;
  families: string | undefined;
  requests: string | undefined;
  contacts: string | undefined;
  idle: string | undefined;
  storefront: string | undefined;
  travel: string | undefined;
}

/** Rules that hold, as texts. */
export function ruleTexts({ tutor, family, storefront, travel, ...rules }: SchedulingRules): RuleTexts {
  const named = (prefix: string, values: object) => Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]);
  const all = [
    ...Object.entries(rules),
    ...named('tutor', tutor),
    ...named('family', family),
    ...named('storefront', storefront),
    ...named('travel', travel),
  ];
  return Object.fromEntries(all.map(([name, value]) => [name, String(value ?? '')])) as unknown as RuleTexts;
}

export function schedulingSentences(texts: RuleTexts): RuleSentences {
  const notice = whole(texts.minNoticeMinutes);
  const horizon = whole(texts.horizonDays);
  return {
    unset:
      texts.unsetAvailability === 'always'
        ? 'A tutor who has set no hours can be booked at any time that isn’t taken.'
        : 'A tutor who has set no hours can be booked by the office alone, until they set some.',
    reach:
      notice === undefined || horizon === undefined
        ? undefined
        : `Tutors and families book ${notice === 0 ? 'up to the start' : `at least ${lengthText(notice)} before the start`} and at most ${count(horizon, 'day')} ahead. The office books whenever it likes.`,
    limits: limitsText(texts.maxMinutesPerDay, texts.maxMinutesPerWeek),
    tutors: rightsText(
      'A tutor',
      [
        ['book', texts['tutor.book']],
        ['move', texts['tutor.move']],
        ['cancel', texts['tutor.cancel']],
      ],
      'sessions with the students engaged to them',
    ),
    families: familiesText(texts),
    requests:
      texts.requestsTo === 'tutor'
        ? 'What a family asks for goes to the tutor, who accepts, declines or proposes another time.'
        : 'What a family asks for goes to the office.',
    contacts: yes(texts.contactsVisible)
      ? 'A tutor and a family who are engaged see each other’s phone and e-mail.'
      : 'A tutor and a family don’t see each other’s phone and e-mail; they write through the office.',
    idle: idleText(texts.engagementIdleHours),
    storefront: storefrontText(texts),
    travel: travelText(texts['travel.defaultMinutes'], texts['travel.speedKmh']),
  };
}

const yes = (text: string) => text === 'true';
const whole = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined);
const count = (n: number, word: string) => (n === 1 ? `one ${word}` : `${n} ${word}s`);

/** 720 -> 12 hours, 90 -> 1 hour 30 minutes, 2880 -> 2 days. */
function lengthText(minutes: number): string {
  if (minutes >= 2880 && minutes % 1440 === 0) return count(minutes / 1440, 'day');
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? count(hours, 'hour') : '', rest > 0 || hours === 0 ? count(rest, 'minute') : ''].filter(Boolean).join(' ');
}

function limitsText(day: string, week: string): string | undefined {
  const [daily, weekly] = [day, week].map((text) => (text.trim() === '' ? null : whole(text)));
  if (daily === undefined || weekly === undefined) return undefined;
  if (daily === null && weekly === null) return 'A tutor may be booked for as long as their hours allow.';
  const parts = [
    daily === null ? '' : `${lengthText(daily)} a day`,
    weekly === null ? '' : `${lengthText(weekly)} a week`,
  ].filter(Boolean);
  return `A tutor teaches at most ${parts.join(' and ')}; the office may go beyond it and is told.`;
}

function rightsText(who: string, rights: [string, string][], what: string): string {
  const may = rights.filter(([, text]) => yes(text)).map(([word]) => word);
  const ask = rights.filter(([, text]) => !yes(text)).map(([word]) => word);
  if (may.length === 0) return `${who} plans nothing alone: the office does it.`;
  if (ask.length === 0) return `${who} may ${list(may)} ${what} at once.`;
  return `${who} may ${list(may)} ${what} at once, and asks the office to ${list(ask, 'or')}.`;
}

function familiesText(texts: RuleTexts): string {
  const rights = rightsText(
    'A family',
    [
      ['book', texts['family.book']],
      ['move', texts['family.move']],
      ['cancel', texts['family.cancel']],
    ],
    'sessions',
  );
  return yes(texts['family.request'])
    ? `${rights} It may ask for a session or another time.`
    : `${rights} It can’t ask for times on its pages; it rings you.`;
}

function idleText(text: string): string | undefined {
  if (text.trim() === '') return 'Nobody is chased when an engagement has nothing booked.';
  const hours = whole(text);
  if (hours === undefined) return undefined;
  const after = lengthText(hours * 60);
  return `After ${after} with nothing booked, the tutor of an engagement is reminded; after as long again the office is told.`;
}

function storefrontText(texts: RuleTexts): string | undefined {
  if (!yes(texts['storefront.enabled'])) return 'The public booking page is off.';
  const hold = whole(texts['storefront.holdMinutes']);
  if (hold === undefined) return undefined;
  const firm = texts['storefront.confirm'] === 'at_once' ? 'is booked at once' : 'waits for your approval';
  return `Guests book at /book. A time they choose is kept for ${lengthText(hold)} while they say who they are, and then ${firm}.`;
}

function travelText(minutes: string, speed: string): string | undefined {
  const [fixed, kmh] = [whole(minutes), whole(speed)];
  if (fixed === undefined || kmh === undefined) return undefined;
  const ten = lengthText(Math.ceil((10 / Math.max(kmh, 1)) * 60));
  return `Between two sessions in person a tutor has time for the way: 10 km take ${ten}${
    fixed > 0
      ? `, and ${lengthText(fixed)} hold between places that aren’t on the map`
      : '; between places that aren’t on the map, none'
  }. A way that is entered on a place’s page beats both.`;
}

function list(words: string[], and = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`;
}
