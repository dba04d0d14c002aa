import type { Price } from '#app/domain/storefront/price.ts';
import { clock } from '#app/ui/clock.ts';
import { cityOf, formatCredits, formatMoney } from '#app/ui/format.ts';

/** How the booking page writes times, lengths and prices: in the company's locale, as the reader's clock shows them. */
export interface Company {
  name: string;
  email: string | null;
  phone: string | null;
  locale: string;
  currency: string;
  timezone: string;
  zone: string;
}

const written = (wall: string, locale: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${wall}:00Z`));

export const timeOf = (wall: string, locale: string) => written(wall, locale, clock(locale));

export const dayOf = (date: string, locale: string, style: 'long' | 'short' = 'long') =>
  written(
    `${date.slice(0, 10)}T12:00`,
    locale,
    style === 'long' ? { weekday: 'long', day: 'numeric', month: 'long' } : { day: 'numeric', month: 'short' },
  );

/** The same moment on the company's clock: with its day where that is another one. */
export function officeTime(
  { wall, officeWall }: { wall: string; officeWall: string | null },
  { locale, timezone }: Company,
): string | null {
  if (officeWall === null) return null;
  const day = officeWall.slice(0, 10) === wall.slice(0, 10) ? '' : `${weekdayOf(officeWall.slice(0, 10), locale)} `;
  return `${day}${timeOf(officeWall, locale)} in ${cityOf(timezone)}`;
}

export const weekdayOf = (date: string, locale: string) => written(`${date}T12:00`, locale, { weekday: 'short' });

export function lengthOf(minutes: number): string {
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const whole = hours === 1 ? '1 hour' : `${hours} hours`;
  return rest === 0 ? whole : `${whole} ${rest} minutes`;
}

export const modeOf = (mode: string) => (mode === 'online' ? 'Online' : 'In person');

/** What stands large beside "Price". */
export function priceOf(price: Price, { locale, currency }: Pick<Company, 'locale' | 'currency'>): string {
  if (price.kind === 'money') return formatMoney(price.total, currency, locale);
  if (price.kind === 'credits') {
    const credits = formatCredits(price.credits, locale);
    return credits === '1' ? '1 credit' : `${credits} credits`;
  }
  return price.kind === 'on_request' ? 'On request' : 'Nothing to pay here';
}

/** Of a course: for all of it, or for each session. */
export function coursePriceOf(course: { price: Price; priced: 'whole' | 'each' }, company: Company): string {
  const price = priceOf(course.price, company);
  return course.priced === 'each' && course.price.kind !== 'none' ? `${price} a session` : price;
}

export const placesOf = (left: number) => (left === 0 ? 'full' : left === 1 ? '1 place left' : `${left} places left`);

/** How it comes about, below it. */
export function priceNote(
  price: Price,
  { locale, currency, name }: Pick<Company, 'locale' | 'currency' | 'name'>,
  course?: { priced: 'whole' | 'each'; sessions: number } | null,
): string {
  if (price.kind === 'money') {
    const later = course?.priced === 'whole' ? 'on your next invoice' : 'after the lesson';
    if (course?.priced === 'whole' && price.tax === 0n) {
      const all = course.sessions === 1 ? 'the session' : `all ${course.sessions} sessions`;
      return `For ${all}, ${later}. Nothing to pay now.`;
    }
    if (price.tax === 0n) return 'Invoiced after the lesson. Nothing to pay now.';
    const percent = Number(price.taxPercent);
    return `${formatMoney(price.net, currency, locale)} plus ${percent}% tax (${formatMoney(price.tax, currency, locale)}). Invoiced ${later}, nothing to pay now.`;
  }
  if (price.kind === 'credits') return `You have ${formatCredits(price.available, locale)}.`;
  if (price.kind === 'on_request') return `${name} tells you the price before anything is firm.`;
  return 'It is billed as agreed with you.';
}

/** When it costs what to cancel, in one or two sentences. */
export function policyWords(
  policy: {
    alreadyLate: boolean;
    noticeHours: number;
    latePercent: string;
    noShowPercent: string;
    steps?: readonly { underHours: number; percent: string }[];
  },
  until: string,
): string {
  const share = (percent: string) =>
    percent === '100' ? 'the whole price' : percent === '0' ? 'nothing' : `${percent}% of the price`;
  const late = `${share(policy.latePercent)} is charged`;
  const early = policy.alreadyLate
    ? `This lesson begins in less than ${hoursOf(policy.noticeHours)}: if you cancel it, ${late}.`
    : policy.latePercent === '0'
      ? 'You can cancel until the lesson begins, free of charge.'
      : `Free to cancel until ${until}. Later, ${late}.`;
  const steps = (policy.steps ?? []).map(
    (step) => ` With less than ${hoursOf(step.underHours)} of notice it is ${share(step.percent)}.`,
  );
  return `${early}${steps.join('')} If nobody comes, it is ${share(policy.noShowPercent)}.`;
}

const hoursOf = (hours: number) => (hours === 1 ? 'an hour' : `${hours} hours`);
