import type { InstantFit } from '#app/domain/instant/instant-fit.ts';
import { type BookingProblem, blocking, type ClashingSession } from '#app/domain/scheduling/booking-problem.ts';
import type { QuotedPlace } from '#app/domain/scheduling/check-booking.server.ts';
import { formatMoney } from '#app/ui/format.ts';
import { minutesText } from '#app/ui/session-length.ts';
import { dayText, type Reader, timeText } from '#app/ui/session-when.ts';
import { creditsText } from '../office.sessions.new/booking-check-view.ts';

/** Who reads, and how they speak of the tutor. */
export interface InstantSight {
  reader: Reader;
  by: 'tutor' | 'office';
  currency: string;
  /** May see what families pay. */
  charge: boolean;
}

/** What stands in the way of starting now, in words, and what could be had instead. */
export interface Hindrance {
  lines: string[];
  clashes: { href: string; text: string }[];
  ways: string[];
  /** Lengths that fit from now on. */
  fits: number[];
}

export function viewHindrance(
  problems: readonly BookingProblem[],
  fit: InstantFit | undefined,
  wanted: number,
  sight: InstantSight,
): Hindrance | null {
  const inTheWay = blocking(problems);
  if (inTheWay.length === 0) return null;
  const sessions = inTheWay.flatMap((problem) => problem.sessions ?? []);
  return {
    lines: [...new Set(inTheWay.flatMap((problem) => linesOf(problem, sight)))],
    clashes: sessions.map((session) => ({ href: `/${sight.by}/sessions/${session.id}`, text: clashText(session, sight) })),
    ways: fit && !fit.now.includes(wanted) ? waysOf(fit, wanted, sight.reader) : [],
    fits: fit?.now ?? [],
  };
}

function clashText({ startsAt, endsAt, studentNames, tutorName, ref }: ClashingSession, { reader, by }: InstantSight): string {
  const day = dayText(reader, startsAt) === 'Today' ? '' : `${dayText(reader, startsAt)}, `;
  const who = by === 'tutor' ? studentNames.join(', ') : `${studentNames.join(', ')} with ${tutorName}`;
  return `${day}${timeText(reader, startsAt)}–${timeText(reader, endsAt)}: ${who} (${ref})`;
}

function linesOf(problem: BookingProblem, { reader, by }: InstantSight): string[] {
  const [session] = problem.sessions ?? [];
  if (problem.code === 'student_conflict') return ['The student is in another session at that time.'];
  if (problem.code !== 'tutor_conflict' || !session) return [problem.message];
  const [are, your] = by === 'tutor' ? ['You are', 'your'] : [`${session.tutorName} is`, 'the'];
  const { now } = reader;
  if (session.endsAt <= now) return [`${capital(your)} time between two sessions is not over yet.`];
  if (session.startsAt <= now) return [`${are} in a session until ${timeText(reader, session.endsAt)}.`];
  return [`${capital(your)} next session begins at ${timeText(reader, session.startsAt)}, which is too soon for this one.`];
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function waysOf({ now, next }: InstantFit, wanted: number, reader: Reader): string[] {
  const ways: string[] = [];
  if (now.length > 0) ways.push(`From now ${lengths(now)} ${now.length === 1 ? 'fits' : 'fit'}.`);
  if (next) {
    const day = dayText(reader, next.startsAt) === 'Today' ? '' : ` ${dayText(reader, next.startsAt).toLowerCase()}`;
    const at = `${timeText(reader, next.startsAt)}${day}`;
    ways.push(
      next.durations.includes(wanted)
        ? `The earliest start for ${minutesText(wanted)} is ${at}.`
        : `The earliest start is ${at}, for ${lengths(next.durations)}.`,
    );
  }
  if (ways.length === 0) ways.push('Nothing fits within the next 12 hours: plan it for another time.');
  return ways;
}

function lengths(durations: readonly number[]): string {
  const texts = durations.map(minutesText);
  return texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}

/** What billing it, or not, comes to: the mode's own words, with the credits that are left. */
export function billingWords(place: QuotedPlace | null, billable: boolean, { reader, currency, charge }: InstantSight): string {
  if (!place) return billable ? 'Billed as usual for a new family.' : 'Nothing is charged.';
  if (place.credits !== null && place.creditsAvailable !== null) {
    const takes = `Takes ${creditsText(place.credits, reader.locale)}`;
    const there = `${creditsText(place.creditsAvailable, reader.locale)} ${place.creditsAvailable === 100n ? 'is' : 'are'} left`;
    return `${takes}, and ${there}${place.creditsAvailable < place.credits ? ': too few' : ''}. ${place.note}`;
  }
  const price = place.fee !== null && charge ? `${formatMoney(place.fee, currency, reader.locale)}. ` : '';
  return `${price}${place.note}`;
}

/** Everything that is said before Start is pressed. */
export interface InstantCheckView {
  hindrance: Hindrance | null;
  /** Worth knowing, and in nobody's way. */
  notes: string[];
  billed: string;
  unbilled: string;
}

export function viewInstantCheck(
  preview: { problems: readonly BookingProblem[]; billed: QuotedPlace | null; unbilled: QuotedPlace | null; fit: InstantFit },
  wanted: number,
  sight: InstantSight,
): InstantCheckView {
  const notes = preview.problems
    .filter((problem) => problem.severity === 'warning')
    .filter((problem) => sight.by === 'office' || problem.code !== 'missing_rate')
    .map((problem) =>
      // A tutor reads of their own hours, not of somebody’s by name.
      sight.by === 'tutor' && problem.code === 'outside_availability' ? 'This is outside your hours.' : problem.message,
    );
  return {
    hindrance: viewHindrance(preview.problems, preview.fit, wanted, sight),
    notes: [...new Set(notes)],
    billed: billingWords(preview.billed, true, sight),
    unbilled: billingWords(preview.unbilled, false, sight),
  };
}
