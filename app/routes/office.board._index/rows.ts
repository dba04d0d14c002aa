import type { Board, BoardSession, BoardTutor, Spot } from './board-data.ts';
import { isOff } from './board-data.ts';
import type { BoardParams } from './board-params.ts';
import type { Look } from './colours.ts';
import { ROW_PADDING, type Scale, TRAVEL_HEIGHT } from './geometry.ts';
import { type Box, layOut } from './lanes.ts';
import { NO_SHADES, type Shades } from './shades.ts';

export interface RowBox extends Box {
  look: Look;
  /** The filters are about something else; shown faintly, since its time is taken all the same. */
  faint: boolean;
}

export interface Row {
  tutor: BoardTutor;
  /** Of each day shown. */
  days: readonly (readonly RowBox[])[];
  shades: Shades;
  height: number;
  /** What it was made of: a row with the same is the same. */
  key: string;
}

export type Filters = Pick<BoardParams, 'q' | 'subject' | 'program' | 'mode' | 'only' | 'cancelled'>;

const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

export const isNarrowed = (filters: Filters) =>
  filters.q !== '' || filters.subject !== '' || filters.program !== '' || filters.mode !== '' || filters.only;

/** What the filters are about; the rest keeps its place, faintly. */
function matches(session: BoardSession, { subject, program, mode }: Filters): boolean {
  return (
    (subject === '' || session.subjectId === subject) &&
    (program === '' || session.programId === program) &&
    (mode === '' || session.inPerson === (mode === 'in_person'))
  );
}

/** Whether a tutor is of interest: their name, what they teach or have, and whether they have anything. */
function isShown(tutor: BoardTutor, sessions: readonly BoardSession[], filters: Filters): boolean {
  const name = plain(tutor.name);
  if (
    !plain(filters.q)
      .split(/\s+/)
      .every((word) => name.includes(word))
  )
    return false;
  const own = sessions.filter((session) => matches(session, filters));
  if (filters.subject !== '' && own.length === 0 && !tutor.subjectIds.includes(filters.subject)) return false;
  return own.length > 0 || (!filters.only && filters.program === '' && filters.mode === '');
}

/**
 * The rows of the board. A row of which nothing changed is the very one of before, so that it isn't drawn again.
 * @param lookOf how a session looks by what is coloured
 */
export function rowsOf(
  board: Board,
  options: { filters: Filters; scale: Scale; lookOf: (session: BoardSession) => Look },
  before: ReadonlyMap<string, Row>,
): Row[] {
  const { filters, scale } = options;
  const byTutor = Map.groupBy(
    board.sessions.filter((session) => filters.cancelled || !isOff(session)),
    (session) => session.tutorId,
  );
  return board.tutors.flatMap((tutor): Row[] => {
    const sessions = byTutor.get(tutor.id) ?? [];
    if (!isShown(tutor, sessions, filters)) return [];
    const own = board.shades.get(tutor.id) ?? NO_SHADES;
    const looks = sessions.map((session) => ({ look: options.lookOf(session), faint: !matches(session, filters) }));
    const key = JSON.stringify([tutor, scale, own, sessions, looks]);
    const same = before.get(tutor.id);
    return [same?.key === key ? same : makeRow(tutor, sessions, { scale, shades: own, looks, key })];
  });
}

function makeRow(
  tutor: BoardTutor,
  sessions: readonly BoardSession[],
  { scale, shades, looks, key }: { scale: Scale; shades: Shades; looks: { look: Look; faint: boolean }[]; key: string },
): Row {
  const lookOf = new Map(sessions.map((session, place) => [session.id, looks[place]]));
  let lanes = 1;
  const days = Array.from({ length: scale.days }, (_, day) => {
    const today = sessions.filter((session) => session.day === day).sort((a, b) => a.start - b.start);
    const laidOut = layOut(today, scale, tutor.buffer);
    lanes = Math.max(lanes, laidOut.lanes);
    return laidOut.boxes.map((box): RowBox => {
      const looked = lookOf.get(box.session.id);
      return { ...box, look: looked?.look ?? PLAIN, faint: looked?.faint ?? false };
    });
  });
  const height = lanes * scale.laneHeight + 2 * ROW_PADDING + (shades.travel.length > 0 ? TRAVEL_HEIGHT : 0);
  return { tutor, days, shades, height, key };
}

const PLAIN: Look = { colour: 'neutral', mark: '', word: '' };

/** The upper edges of the rows, and where the last ends. */
export function topsOf(rows: readonly Row[]): number[] {
  const tops = [0];
  for (const row of rows) tops.push((tops.at(-1) ?? 0) + row.height);
  return tops;
}

/** The board with sessions where they are being moved to, before the server has said so. */
export function withSpots(board: Board, spots: ReadonlyMap<string, Spot>): Board {
  if (spots.size === 0) return board;
  return { ...board, sessions: board.sessions.map((session) => ({ ...session, ...spots.get(session.id) })) };
}
