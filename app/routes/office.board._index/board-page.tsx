// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid, of which a table has neither the layout nor the keys
import { Text, VisuallyHidden } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { EmptyState } from '#app/ui/empty-state.tsx';
import type { BoardSession, Spot } from './board-data.ts';
import styles from './board-page.module.css';
import { clockText, dayAfter, daysBetween, spotOf } from './days.ts';
import { type Booking, Drawers } from './drawers.tsx';
import { type Focus, keepFocus } from './focus.ts';
import { Ghosts } from './ghosts.tsx';
import { gridStyle, Rows } from './grid.tsx';
import { Legend } from './legend.tsx';
import type { BoardPageData } from './page-data.ts';
import { PhoneDays } from './phone-days.tsx';
import { Toolbar } from './toolbar.tsx';
import { useAnnouncedCheck } from './use-announced-check.ts';
import { useBoardData } from './use-board-data.ts';
import { useBoardParams } from './use-board-params.ts';
import { useHand } from './use-hand.ts';
import { useKeys } from './use-keys.ts';
import { useOperations } from './use-operations.tsx';
import { usePointer } from './use-pointer.ts';
import { focusOf, useClock, useSteadyFocus } from './use-steady.ts';
import { useTodayInSight } from './use-today-in-sight.ts';
import { useView } from './use-view.ts';
import { bookingSearch, type Waiting } from './waiting.ts';
import { WaitingPanel } from './waiting-panel.tsx';

export function BoardPage({ page }: { page: BoardPageData }) {
  const { firstDay, days, dayNames } = page;
  const address = useBoardParams(page.today);
  const { params, change } = address;
  const source = useMemo(() => ({ text: page.board, firstDay, days }), [page.board, firstDay, days]);
  const { board, refetch, setSpots } = useBoardData(source);
  const now = useClock(page.now);

  const { rows, tops, scale, legend, names, field } = useView(page, params, board, now);
  const { from, to } = scale;

  const [focus, setFocus] = useState<Focus>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [copied, setCopied] = useState<readonly BoardSession[]>([]);
  const [booking, setBooking] = useState<Booking | null>(null);
  const [cancelling, setCancelling] = useState(false);
  const [helping, setHelping] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const reached = keepFocus(rows, focus);

  const operations = useOperations({ firstDay, refetch, setSpots });
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
  const hand = useHand({
    board,
    rows,
    field,
    firstDay,
    dayNames,
    clock: names.clock,
    durations: page.durations,
    operations,
    onBook: book,
  });
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
  const today = daysBetween(firstDay, page.today);
  const minute = today >= 0 && today < days ? page.minuteNow + Math.floor((now - page.now) / 60_000) : null;
  useTodayInSight(frame, scale, today, minute);
  useSteadyFocus(frame, reached, rows, hand.carry !== null);
  useAnnouncedCheck(hand, operations.say);

  const carried = useMemo(
    () => (hand.carry === null || hand.carry.kind === 'copy' ? [] : hand.carry.items.map(({ id }) => id)),
    [hand.carry],
  );
  const copyOf = (id: string) => {
    const session = board.sessions.find((one) => one.id === id);
    if (!session) return;
    setCopied([session]);
    change({ session: '' });
    pointer.follow(hand.pickUp('copy', [session], 'pointer'), false);
    operations.say('Put the copy where it shall be booked.');
  };
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
          <div className={styles.main}>
            <EmptyState
              title="The board has a row for every tutor"
              text="Their hours, their sessions and what is still to be placed, to plan by hand. It begins with the first tutor."
              action={{ to: '/office/tutors/new', label: 'Add a tutor' }}
            />
          </div>
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
              data-days={days}
              data-from={from}
              data-to={to}
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
                  clock={names.clock}
                  check={hand.check}
                  guess={hand.guess}
                  frame={frame.current}
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
        <Drawers
          page={page}
          board={board}
          operations={operations}
          booking={booking}
          setBooking={setBooking}
          open={params.session}
          cancelling={cancelling}
          helping={helping}
          onCopy={copyOf}
          onClose={close}
          onHelped={() => setHelping(false)}
        />
      </div>
      <VisuallyHidden role="status" aria-live="polite" data-said>
        {operations.said}
      </VisuallyHidden>
    </div>
  );
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
