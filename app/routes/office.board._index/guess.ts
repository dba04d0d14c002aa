import type { Board, BoardSession, Spot } from './board-data.ts';
import { isOff } from './board-data.ts';

/**
 * What the board itself can see to be in the way of a time with a tutor, at once and without asking: for the form is
 * not filled in yet when something is drawn. The server has the last word.
 */
export function guessProblems(
  board: Pick<Board, 'sessions' | 'shades' | 'tutors'>,
  spot: Spot,
  without: readonly string[] = [],
): string[] {
  const end = spot.start + spot.minutes;
  const words: string[] = [];
  const buffer = board.tutors.find(({ id }) => id === spot.tutorId)?.buffer ?? 0;
  const others = board.sessions.filter(
    (session) => session.tutorId === spot.tutorId && session.day === spot.day && !isOff(session) && !without.includes(session.id),
  );
  const clash = others.find((other) => overlaps(other, spot.start, end));
  if (clash) words.push(`Taken by ${clash.students.join(', ') || 'a session'}`);
  else if (others.some((other) => overlaps({ start: other.start, minutes: other.minutes + buffer }, spot.start, end + buffer)))
    words.push(`Within the ${buffer} minutes kept free between sessions`);
  const shades = board.shades.get(spot.tutorId);
  for (const away of shades?.away ?? []) {
    if (away.day === spot.day && away.from < end && spot.start < away.to && !words.includes(away.label)) words.push(away.label);
  }
  const { open } = shades ?? { open: null };
  if (open !== null && !open.some((span) => span.day === spot.day && span.from <= spot.start && end <= span.to))
    words.push('Outside the tutor’s hours');
  return words;
}

const overlaps = (other: Pick<BoardSession, 'start' | 'minutes'>, start: number, end: number) =>
  other.start < end && start < other.start + other.minutes;
