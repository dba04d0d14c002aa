import { useCallback, useMemo, useRef, useState } from 'react';
import type { Board, BoardSession, Spot } from './board-data.ts';
import { isMovable } from './board-data.ts';
import { type Carry, type Field, isUnmoved, NO_SHIFT, type Nudge, nudge, targetsOf } from './carry.ts';
import { type Clock, rangeText } from './days.ts';
import { guessProblems } from './guess.ts';
import type { Row } from './rows.ts';
import { useDryRun } from './use-dry-run.ts';
import type { Operations } from './use-operations.tsx';
import type { Waiting } from './waiting.ts';

export interface HandWorld {
  board: Board;
  rows: readonly Row[];
  field: Field;
  firstDay: string;
  dayNames: readonly string[];
  clock: Clock;
  /** The lengths of a new session, in minutes. */
  durations: readonly number[];
  operations: Operations;
  /** Opens the booking form for a place on the board. */
  onBook: (spot: Spot, waiting?: Waiting) => void;
}

export type Hand = ReturnType<typeof useHand>;

const USUAL_MINUTES = 60;

/** What is picked up, where it would lie, what that would break, and letting it go. */
export function useHand(world: HandWorld) {
  const [carry, setCarry] = useState<Carry | null>(null);
  const [waiting, setWaiting] = useState<Waiting>();
  const latest = useRef({ world, carry, waiting });
  latest.current = { world, carry, waiting };
  const { board, field, firstDay, dayNames, clock } = world;

  const targets = useMemo(() => (carry === null ? [] : targetsOf(carry, field)), [carry, field]);
  const check = useDryRun(carry, targets, firstDay, waiting);
  const [first] = targets;
  const guess = useMemo(() => {
    if (carry === null || !first) return [];
    return guessProblems(board, first, carry.kind === 'copy' ? [] : carry.items.map(({ id }) => id));
  }, [board, carry, first]);

  const nameOf = useCallback(
    (tutorId: string) => latest.current.world.board.tutors.find(({ id }) => id === tutorId)?.name ?? '',
    [],
  );
  const placeText = useCallback(
    (spot: Spot) => `${dayNames[spot.day]}, ${rangeText(clock, spot.start, spot.minutes)}, ${nameOf(spot.tutorId)}`,
    [dayNames, clock, nameOf],
  );

  /** Without anything in it that can be moved the hand stays empty, and it is said why. */
  const pickUp = useCallback((kind: 'move' | 'resize' | 'copy', sessions: readonly BoardSession[], via: Carry['via']) => {
    const { world } = latest.current;
    const able = kind === 'copy' ? sessions : sessions.filter(isMovable);
    const [anchor] = able;
    if (!anchor) {
      world.operations.say('Only a planned session can be moved.');
      return undefined;
    }
    const items = (kind === 'resize' ? [anchor] : able).map((session) => ({
      id: session.id,
      label: session.students.join(', ') || session.title || 'Session',
      from: { tutorId: session.tutorId, day: session.day, start: session.start, minutes: session.minutes },
    }));
    const lengths = world.board.programs.find(({ id }) => id === anchor.programId)?.durations ?? world.durations;
    const next: Carry = { kind, via, items, lengths: sorted([...lengths, anchor.minutes]), shift: NO_SHIFT };
    setCarry(next);
    return next;
  }, []);

  const draw = useCallback((from: Omit<Spot, 'minutes'>, via: Carry['via'], waits?: Waiting) => {
    const { world } = latest.current;
    const program = waits && world.board.programs.find(({ id }) => id === waits.programId);
    const lengths = sorted([...(program?.durations ?? world.durations), ...(waits?.minutes ? [waits.minutes] : [])]);
    const minutes = waits?.minutes ?? (lengths.includes(USUAL_MINUTES) ? USUAL_MINUTES : (lengths[0] ?? USUAL_MINUTES));
    const next: Carry = {
      kind: waits ? 'place' : 'create',
      via,
      items: [
        { id: waits?.id ?? '', label: waits ? `${waits.student}, ${waits.subject}` : 'New session', from: { ...from, minutes } },
      ],
      lengths,
      shift: NO_SHIFT,
    };
    setWaiting(waits);
    setCarry(next);
    return next;
  }, []);

  const putBack = useCallback(() => {
    if (latest.current.carry === null) return;
    setCarry(null);
    latest.current.world.operations.say('Put back.');
  }, []);

  const step = useCallback(
    (key: Nudge) => {
      const { carry: held, world } = latest.current;
      if (!held) return;
      const next = nudge({ ...held, via: 'keys' }, key, world.field);
      setCarry(next);
      const [to] = targetsOf(next, world.field);
      if (to) world.operations.say(placeText(to));
    },
    [placeText],
  );

  const drop = useCallback(() => {
    const { carry: held, world, waiting: waits } = latest.current;
    if (!held) return;
    setCarry(null);
    const spots = targetsOf(held, world.field);
    const [to] = spots;
    if (!to) return;
    if (held.kind === 'create' || held.kind === 'place') return world.onBook(to, waits);
    if (isUnmoved(held)) return world.operations.say('Put back where it was.');
    const [item] = held.items;
    const who = held.items.length > 1 ? `${held.items.length} sessions` : (item?.label ?? '');
    if (held.kind === 'copy') {
      const copies = held.items.flatMap(({ id }, place) => (spots[place] ? [{ sessionId: id, to: spots[place] }] : []));
      return void world.operations.copy(copies, `${who} booked again, ${placeText(to)}`);
    }
    const moves = held.items.flatMap(({ id }, place) => {
      const session = world.board.sessions.find((one) => one.id === id);
      return session && spots[place] ? [{ session, to: spots[place] }] : [];
    });
    void world.operations.move(moves, `${who} moved to ${placeText(to)}`);
  }, [placeText]);

  return { carry, setCarry, targets, check, guess, waiting, pickUp, draw, putBack, step, drop, placeText };
}

const sorted = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b);
