import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useRef } from 'react';
import type { Board, BoardSession } from './board-data.ts';
import { isMovable } from './board-data.ts';
import { type Focus, stepFocus } from './focus.ts';
import { type Command, commandOf, type Key } from './key-commands.ts';
import type { Row } from './rows.ts';
import type { Hand } from './use-hand.ts';
import type { Operations } from './use-operations.tsx';

export interface KeyWorld {
  board: Board;
  rows: readonly Row[];
  focus: Focus | undefined;
  setFocus: (focus: Focus) => void;
  selected: ReadonlySet<string>;
  setSelected: (ids: ReadonlySet<string>) => void;
  copied: readonly BoardSession[];
  setCopied: (sessions: readonly BoardSession[]) => void;
  hand: Hand;
  operations: Operations;
  /** Minute of the day at which something new begins, where nothing says more. */
  from: number;
  onOpen: (id: string, cancel?: boolean) => void;
  onRange: (by: -1 | 0 | 1) => void;
  onSearch: () => void;
  onHelp: () => void;
}

/** The whole board by keyboard. What is in the hand hears the keys wherever the focus is. */
export function useKeys(world: KeyWorld) {
  const latest = useRef(world);
  latest.current = world;
  const carrying = world.hand.carry !== null;
  useEffect(() => {
    if (!carrying) return;
    const onKey = (event: KeyboardEvent) => {
      const command = commandOf(keyOf(event), true);
      if (!command) return;
      event.preventDefault();
      event.stopPropagation();
      obey(command, latest.current);
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [carrying]);

  return (event: ReactKeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (!target.matches('[data-session], [data-cell]')) return;
    const command = commandOf(keyOf(event), false);
    if (!command) return;
    event.preventDefault();
    obey(command, latest.current);
  };
}

const keyOf = (event: KeyboardEvent | ReactKeyboardEvent): Key => ({
  key: event.key,
  shift: event.shiftKey,
  ctrl: event.ctrlKey || event.metaKey,
  alt: event.altKey,
});

function obey(command: Command, world: KeyWorld) {
  const { hand, operations } = world;
  switch (command.type) {
    case 'focus':
      if (world.focus) world.setFocus(stepFocus(world.rows, world.focus, command.step));
      return;
    case 'nudge':
      return hand.step(command.nudge);
    case 'drop':
      return hand.drop();
    case 'put-back':
      return hand.putBack();
    case 'undo':
      return void operations.undo();
    case 'range':
      return world.onRange(command.by);
    case 'today':
      return world.onRange(0);
    case 'search':
      return world.onSearch();
    case 'help':
      return world.onHelp();
    case 'create':
      return create(world);
    case 'paste':
      return paste(world);
    case 'clear':
      world.setSelected(new Set());
      return;
    default:
      return onSessions(command.type === 'resize' ? command : { type: command.type }, world);
  }
}

type OnSession =
  | Extract<Command, { type: 'resize' }>
  | { type: Exclude<Command['type'], 'focus' | 'nudge' | 'resize' | 'range'> };

/** Those that are selected, the focused one first; without a selection that one alone. */
function chosen({ board, focus, selected }: KeyWorld): BoardSession[] {
  const ids = new Set([...(focus?.id && (selected.size === 0 || selected.has(focus.id)) ? [focus.id] : []), ...selected]);
  return [...ids].flatMap((id) => board.sessions.find((session) => session.id === id) ?? []);
}

function onSessions(command: OnSession, world: KeyWorld) {
  const { hand, operations, selected } = world;
  const sessions = chosen(world);
  const [first] = sessions;
  if (!first) return operations.say('There is no session here. N draws a new one.');
  switch (command.type) {
    case 'pick-up': {
      const carry = hand.pickUp('move', sessions, 'keys');
      const [item] = carry?.items ?? [];
      if (item) operations.say(`Picked up ${item.label}. Arrows move it, Enter puts it down, Escape puts it back.`);
      return;
    }
    case 'resize':
      if (hand.pickUp('resize', [first], 'keys')) setTimeout(() => hand.step(command.nudge));
      return;
    case 'open':
      return world.onOpen(first.id);
    case 'cancel':
      return isMovable(first) ? world.onOpen(first.id, true) : operations.say('Only a planned session can be cancelled here.');
    case 'select': {
      const next = new Set(selected);
      const id = world.focus?.id ?? first.id;
      if (!next.delete(id)) next.add(id);
      world.setSelected(next);
      return operations.say(`${next.size} selected.`);
    }
    case 'select-row': {
      const own = world.board.sessions.filter(
        (session) => session.tutorId === first.tutorId && session.day === first.day && isMovable(session),
      );
      world.setSelected(new Set([...selected, ...own.map(({ id }) => id)]));
      return operations.say(`${own.length} selected.`);
    }
    case 'copy':
      world.setCopied(sessions);
      return operations.say(
        `Copied ${sessions.length === 1 ? first.students.join(', ') : `${sessions.length} sessions`}. Control V books the same again.`,
      );
    default:
      return;
  }
}

/** At the end of the focused session, or where the tutor's hours begin that day. */
function create({ focus, board, hand, operations, from }: KeyWorld) {
  if (!focus) return;
  const after = board.sessions.find(({ id }) => id === focus.id);
  const buffer = board.tutors.find(({ id }) => id === focus.tutorId)?.buffer ?? 0;
  const open = board.shades.get(focus.tutorId)?.open?.find((span) => span.day === focus.day);
  const start = after ? after.start + after.minutes + buffer : Math.max(open?.from ?? from, from);
  const carry = hand.draw({ tutorId: focus.tutorId, day: focus.day, start: Math.min(Math.ceil(start / 15) * 15, 1425) }, 'keys');
  const [item] = carry.items;
  if (item) operations.say(`New session, ${hand.placeText(item.from)}. Arrows move it, Enter opens its form.`);
}

/** The copies lie where the focus is, at their times of day; they may come from another week. */
function paste({ copied, hand, focus, rows, operations }: KeyWorld) {
  const [first] = copied;
  if (!first || !focus) return operations.say('Nothing is copied. Control C copies the session.');
  const days = rows[0]?.days.length ?? 1;
  const here = copied.map((session) => ({
    ...session,
    tutorId: rows.some(({ tutor }) => tutor.id === session.tutorId) && copied.length > 1 ? session.tutorId : focus.tutorId,
    day: Math.max(0, Math.min(days - 1, focus.day + session.day - first.day)),
  }));
  hand.pickUp('copy', here, 'keys');
  operations.say(`A copy of ${first.students.join(', ')}. Arrows move it, Enter books it.`);
}
