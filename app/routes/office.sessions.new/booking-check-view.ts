import type { BookingProblem } from '#app/domain/scheduling/booking-problem.ts';
import { formatCredits, formatMoney } from '#app/ui/format.ts';
import { clashesOf } from '#app/ui/session-problem.ts';
import { type Reader, whenOf } from '#app/ui/session-when.ts';
import { formField } from './booking-values.ts';

/** What the dry run says, in words, cut to what its reader may know. */
export interface BookingCheckView {
  when: string | null;
  atOffice: string | null;
  blocked: boolean;
  problems: {
    severity: 'blocking' | 'warning';
    field: string | null;
    message: string;
    clashes: { href: string; text: string }[];
  }[];
  places: { studentId: string; name: string; price: string; note: string }[];
  pay: string | null;
  /** A student's clash is in the way and may be overruled. */
  studentClash: boolean;
}

interface CheckResult {
  problems: readonly BookingProblem[];
  startsAt: Date | null;
  endsAt: Date | null;
  places: readonly {
    studentId: string;
    name: string;
    fee: bigint | null;
    credits: bigint | null;
    creditsAvailable: bigint | null;
    note: string;
  }[];
  pay: bigint | null;
}

interface Sight {
  reader: Reader;
  currency: string;
  charge: boolean;
  pay: boolean;
}

/** 100n -> "1 credit", 150n -> "1.5 credits". */
export function creditsText(hundredths: bigint, locale: string): string {
  return `${formatCredits(hundredths, locale)} ${hundredths === 100n ? 'credit' : 'credits'}`;
}

export function viewCheck(result: CheckResult, { reader, currency, charge, pay }: Sight): BookingCheckView {
  const when = result.startsAt && result.endsAt ? whenOf(reader, result.startsAt, result.endsAt) : null;
  return {
    when: when?.long ?? null,
    atOffice: when?.atOffice ?? null,
    blocked: result.problems.some((problem) => problem.severity === 'blocking'),
    problems: result.problems
      // What a tutor earns, and so whether there is a rate for it, isn't for everybody.
      .filter((problem) => pay || problem.field !== 'payRateOverride')
      .map((problem) => ({
        severity: problem.severity,
        field: problem.field === undefined ? null : formField(problem.field),
        message: problem.message,
        clashes: clashesOf(problem.sessions, reader),
      })),
    places: result.places.map((place) => ({
      studentId: place.studentId,
      name: place.name,
      price: priceText(place, currency, reader.locale, charge),
      note: place.note,
    })),
    pay: pay && result.pay !== null ? formatMoney(result.pay, currency, reader.locale) : null,
    studentClash: result.problems.some((problem) => problem.code === 'student_conflict'),
  };
}

function priceText(place: CheckResult['places'][number], currency: string, locale: string, charge: boolean): string {
  if (place.credits !== null) {
    const available = place.creditsAvailable === null ? '' : `, ${creditsText(place.creditsAvailable, locale)} available`;
    return `${creditsText(place.credits, locale)}${available}`;
  }
  if (place.fee !== null && charge) return formatMoney(place.fee, currency, locale);
  return '';
}
