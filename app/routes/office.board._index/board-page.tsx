// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid, of which a table has neither the layout nor the keys
import { Text, VisuallyHidden } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { EmptyState } from '#app/ui/empty-state.tsx';
import styles from './board.module.css';
import type { BoardSession, Spot } from './board-data.ts';
import { legendOf, looksBy } from './colours.ts';
import { clockFor, clockText, dayAfter, daysBetween } from './days.ts';
import { type Focus, keepFocus } from './focus.ts';
import { hoursOf, scaleFor } from './geometry.ts';
import { Ghosts } from './ghosts.tsx';
import { gridStyle, Rows } from './grid.tsx';
import { Legend } from './legend.tsx';
import type { BoardPageData } from './page-data.ts';
import { PhoneDays } from './phone-days.tsx';
import { type Row, rowsOf, topsOf } from './rows.ts';
import { Toolbar } from './toolbar.tsx';
import { useBoardData } from './use-board-data.ts';
import { useBoardParams } from './use-board-params.ts';
import { useHand } from './use-hand.ts';
import { useKeys } from './use-keys.ts';
import { useOperations } from './use-operations.tsx';
import { usePointer } from './use-pointer.ts';
import { useClock, useSteadyFocus } from './use-steady.ts';
import { bookingSearch, type Waiting } from './waiting.ts';
import { WaitingPanel } from './waiting-panel.tsx';

// Only who opens them loads them.
const BookDrawer = lazy(() => import('./book-drawer.tsx'));
const SessionDrawer = lazy(() => import('./session-drawer.tsx'));
const Help = lazy(() => import('./help.tsx'));

const NO_ROWS: ReadonlyMap<string, Row> = new Map();

export function BoardPage({ page }: { page: BoardPageData }) {
  const { firstDay, days, dayNames } = page;
  const address = useBoardParams(page.today);
  const { params, change } = address;
  const source = useMemo(() => ({ text: page.board, firstDay, days }), [page.board, firstDay, days]);
  const { board, refetch, setSpots } = useBoardData(source);
  const now = useClock(page.now);

  const lookOf = useMemo(() => looksBy(params.colour, board, now), [params.colour, board, now]);
  const { from, to } = useMemo(() => hoursOf(spansOf(board), params.whole), [board, params.whole]);
  const scale = useMemo(() => scaleFor(params.density, days, { from, to }), [params.density, days, from, to]);
  const before = useRef(NO_ROWS);
  const { q, subject, program, mode, only, cancelled } = params;
  const rows = useMemo(
    () => rowsOf(board, { filters: { q, subject, program, mode, only, cancelled }, scale, lookOf }, before.current),
    [board, q, subject, program, mode, only, cancelled, scale, lookOf],
  );
  before.current = useMemo(() => new Map(rows.map((row) => [row.tutor.id, row])), [rows]);
  const tops = useMemo(() => topsOf(rows), [rows]);
  const legend = useMemo(() => legendOf(board.sessions, lookOf), [board, lookOf]);
  const clock = useMemo(() => clockFor(page.twelve), [page.twelve]);
  const names = useMemo(
    () => ({
      days: dayNames,
      clock,
      subjects: new Map(board.subjects.map((one) => [one.id, one])),
      programs: new Map(board.programs.map((one) => [one.id, one])),
    }),
    [dayNames, clock, board.subjects, board.programs],
  );

  const [focus, setFocus] = useState<Focus>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [copied, setCopied] = useState<readonly BoardSession[]>([]);
  const [booking, setBooking] = useState<{ search: string; waiting?: Waiting | undefined } | null>(null);
  const [cancelling, setCancelling] = useState(false);
  const [helping, setHelping] = useState(false);
  const awake = useMounted();
  const frame = useRef<HTMLDivElement>(null);
  const reached = keepFocus(rows, focus);

  const operations = useOperations({ firstDay, refetch, setSpots });
  const field = useMemo(
    () => ({ tutorIds: rows.map(({ tutor }) => tutor.id), days, grid: page.grid, from, to }),
    [rows, days, page.grid, from, to],
  );
  const open = useCallback(
    (session: string, cancel = false) => {
      setCancelling(cancel);
      setBooking(null);
      change({ session }, true);
    },
    [change],
  );
  const book = useCallback(
    (spot: Spot, waiting?: Waiting) => {
      const start = clockText(spot.start);
      change({ session: '' });
      setBooking({ search: bookingSearch({ ...spot, date: dayAfter(firstDay, spot.day), start }, waiting), waiting });
    },
    [change, firstDay],
  );
  const phoneDay = Math.max(0, Math.min(days - 1, daysBetween(firstDay, params.date)));
  const hand = useHand({ board, rows, field, firstDay, dayNames, clock, durations: page.durations, operations, onBook: book });
  const select = useCallback((id: string) => setSelected((ids) => toggled(ids, id)), []);
  const pointer = usePointer({ frame, scale, tops, rows, board, field, hand, selected, onSelect: select, onOpen: open });
  const range = (by: -1 | 0 | 1) => change({ date: by === 0 ? '' : dayAfter(params.date, by * days) }, true);
  const pick = (waits: Waiting, via: 'keys' | 'pointer') => {
    const tutorId = field.tutorIds.find((id) => id === waits.tutorId) ?? reached?.tutorId;
    if (tutorId === undefined) return;
    const wished = spotOf(waits.wish, firstDay);
    const at = wished && wished.day >= 0 && wished.day < days ? wished : { day: phoneDay, start: wished?.start ?? from };
    const carry = hand.draw({ tutorId, ...at }, via, waits);
    if (via === 'pointer') pointer.follow(carry, false);
    operations.say(`${waits.student}, ${waits.subject}: arrows choose the place, Enter opens the form, Escape puts it back.`);
  };
  const onKeyDown = useKeys({
    board,
    rows,
    focus: reached,
    setFocus,
    selected,
    setSelected,
    copied,
    setCopied,
    hand,
    operations,
    from,
    onOpen: open,
    onRange: range,
    onSearch: () => document.getElementById('board-search')?.focus(),
    onHelp: () => setHelping(true),
  });
  useSteadyFocus(frame, reached, rows, hand.carry !== null);
  useAnnouncedCheck(hand, operations.say);

  const carried = useMemo(
    () => (hand.carry === null || hand.carry.kind === 'copy' ? [] : hand.carry.items.map(({ id }) => id)),
    [hand.carry],
  );
  const today = daysBetween(firstDay, page.today);
  const minute = today >= 0 && today < days ? page.minuteNow + Math.floor((now - page.now) / 60_000) : null;
  const openSession = params.session;
  const close = useCallback(() => {
    setBooking(null);
    change({ session: '' }, true);
    if (reachedRef.current) setFocus({ ...reachedRef.current });
    frame.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }, [change]);
  const reachedRef = useRef(reached);
  reachedRef.current = reached;

  return (
    <div className={styles.page} data-wide>
      <Toolbar
        page={page}
        address={address}
        board={board}
        operations={operations}
        waiting={page.waiting.length}
        onRange={range}
        onHelp={() => setHelping(true)}
      />
      <PhoneDays names={dayNames} firstDay={firstDay} shown={phoneDay} change={change} />
      <div className={styles.desk}>
        {board.tutors.length === 0 ? (
          <EmptyState
            title="The board has a row for every tutor"
            text="Their hours, their sessions and what is still to be placed, to plan by hand. It begins with the first tutor."
            action={{ to: '/office/tutors/new', label: 'Add a tutor' }}
          />
        ) : (
          <div className={styles.main}>
            <div
              ref={frame}
              role="grid"
              aria-label={`Board, ${page.rangeName}`}
              aria-rowcount={rows.length + 1}
              aria-colcount={days + 1}
              aria-multiselectable
              className={styles.board}
              data-density={params.density}
              data-carrying={hand.carry !== null || undefined}
              style={gridStyle(scale)}
              onPointerDown={pointer.onPointerDown}
              onClick={(event) => {
                const tutorId = (event.target as HTMLElement).closest<HTMLElement>('[data-book]')?.dataset.book;
                if (tutorId === undefined) return pointer.onClick(event);
                hand.draw({ tutorId, day: phoneDay, start: Math.max(from, 9 * 60) }, 'keys');
                setTimeout(hand.drop);
              }}
              onDoubleClick={pointer.onDoubleClick}
              onKeyDown={onKeyDown}
              onFocus={(event) => {
                const next = focusOf(event.target, reached);
                if (next) setFocus(next);
              }}
            >
              <Rows
                rows={rows}
                scale={scale}
                names={names}
                today={today}
                now={minute}
                focus={reached}
                selected={selected}
                carried={carried}
                phoneDay={phoneDay}
              />
              {hand.carry ? (
                <Ghosts
                  carry={hand.carry}
                  targets={hand.targets}
                  rows={rows}
                  tops={tops}
                  scale={scale}
                  days={dayNames}
                  clock={clock}
                  check={hand.check}
                  guess={hand.guess}
                />
              ) : null}
            </div>
            {rows.length === 0 ? (
              <Text p="md" c="dimmed">
                No tutor fits these filters.
              </Text>
            ) : null}
            <Legend looks={legend} />
          </div>
        )}
        {params.side && page.waiting.length > 0 ? (
          <WaitingPanel
            waiting={page.waiting}
            onPress={pointer.onCardPress}
            onPick={pick}
            onClose={() => change({ side: '0' })}
          />
        ) : null}
        {/* Nothing in it while the page comes alive: what is still asleep can't be updated. */}
        {awake ? (
          <Suspense>
            {booking ? (
              <BookDrawer
                key={booking.search}
                search={booking.search}
                waiting={booking.waiting}
                onBooked={(id, words, final) => {
                  setBooking(null);
                  operations.booked(id, words, final);
                }}
                onClose={close}
              />
            ) : openSession ? (
              <SessionDrawer
                key={openSession}
                id={openSession}
                cancelling={cancelling}
                board={board}
                page={page}
                operations={operations}
                onCopy={() => {
                  const session = board.sessions.find(({ id }) => id === openSession);
                  if (!session) return;
                  setCopied([session]);
                  change({ session: '' });
                  pointer.follow(hand.pickUp('copy', [session], 'pointer'), false);
                  operations.say('Put the copy where it shall be booked.');
                }}
                onBook={(search) => setBooking({ search })}
                onClose={close}
              />
            ) : null}
            {helping ? <Help onClose={() => setHelping(false)} /> : null}
          </Suspense>
        ) : null}
      </div>
      <VisuallyHidden role="status" aria-live="polite" data-said>
        {operations.said}
      </VisuallyHidden>
    </div>
  );
}

/** A wall time as a place among the days shown, or before or after them. */
function spotOf(wall: string | null, firstDay: string): { day: number; start: number } | undefined {
  if (wall === null) return undefined;
  return { day: daysBetween(firstDay, wall.slice(0, 10)), start: Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)) };
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

const spansOf = (board: { sessions: readonly BoardSession[] }) =>
  board.sessions.map(({ start, minutes }) => ({ start, end: start + minutes }));

function focusOf(target: EventTarget, now: Focus | undefined): Focus | undefined {
  const element = target as HTMLElement;
  const cell = element.closest<HTMLElement>('[data-cell]')?.dataset.cell;
  if (cell === undefined) return undefined;
  const [tutorId = '', day = '0'] = cell.split(':');
  const next = { tutorId, day: Number(day), id: element.dataset.session ?? null };
  return now && now.tutorId === next.tutorId && now.day === next.day && now.id === next.id ? undefined : next;
}

/** Of what is moved by keys, what the server says is read out when it comes. */
function useAnnouncedCheck(hand: ReturnType<typeof useHand>, say: (words: string) => void) {
  const { carry, check, targets, placeText } = hand;
  const latest = useRef({ carry, targets, placeText });
  latest.current = { carry, targets, placeText };
  useEffect(() => {
    const { carry, targets, placeText } = latest.current;
    const [to] = targets;
    if (!check || !to || carry?.via !== 'keys') return;
    const words = check.problems.map(({ message, clashes }) => [message, ...clashes].join(' ')).join(' ');
    say(`${placeText(to)}. ${words || 'Nothing stands in the way.'}`);
  }, [check, say]);
}
