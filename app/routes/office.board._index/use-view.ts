import { useMemo, useRef } from 'react';
import { type Board, type BoardSession, isOff } from './board-data.ts';
import type { BoardParams } from './board-params.ts';
import { legendOf, looksBy } from './colours.ts';
import { bareClockFor, briefClockFor, clockFor } from './days.ts';
import { hoursOf, scaleFor } from './geometry.ts';
import type { BoardPageData } from './page-data.ts';
import { type Row, rowsOf, topsOf } from './rows.ts';

const NO_ROWS: ReadonlyMap<string, Row> = new Map();

const spansOf = (sessions: readonly BoardSession[]) => sessions.map(({ start, minutes }) => ({ start, end: start + minutes }));

/** What is drawn of the board, as the address has it: rows that didn't change are those of before. */
export function useView(page: BoardPageData, params: BoardParams, board: Board, now: number) {
  const { days, dayNames } = page;
  const { q, subject, program, mode, only, cancelled } = params;
  const lookOf = useMemo(() => looksBy(params.colour, board, now), [params.colour, board, now]);
  const { from, to } = useMemo(() => hoursOf(spansOf(board.sessions), params.whole), [board.sessions, params.whole]);
  const scale = useMemo(() => scaleFor(params.density, days, { from, to }), [params.density, days, from, to]);
  const before = useRef(NO_ROWS);
  const rows = useMemo(
    () => rowsOf(board, { filters: { q, subject, program, mode, only, cancelled }, scale, lookOf }, before.current),
    [board, q, subject, program, mode, only, cancelled, scale, lookOf],
  );
  before.current = useMemo(() => new Map(rows.map((row) => [row.tutor.id, row])), [rows]);
  const tops = useMemo(() => topsOf(rows), [rows]);
  const legend = useMemo(
    () =>
      legendOf(
        board.sessions.filter((session) => cancelled || !isOff(session)),
        lookOf,
      ),
    [board.sessions, cancelled, lookOf],
  );
  const names = useMemo(
    () => ({
      days: dayNames,
      clock: clockFor(page.twelve),
      brief: briefClockFor(page.twelve),
      bare: bareClockFor(page.twelve),
      subjects: new Map(board.subjects.map((one) => [one.id, one])),
      programs: new Map(board.programs.map((one) => [one.id, one])),
    }),
    [dayNames, page.twelve, board.subjects, board.programs],
  );
  const field = useMemo(
    () => ({ tutorIds: rows.map(({ tutor }) => tutor.id), days, grid: page.grid, from, to }),
    [rows, days, page.grid, from, to],
  );
  return { rows, tops, scale, legend, names, field };
}
