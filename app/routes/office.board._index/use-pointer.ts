import {
  type MouseEvent as ReactMouseEvent,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useEffect,
  useRef,
} from 'react';
import type { Board } from './board-data.ts';
import { type Carry, nearestLength, shiftTo } from './carry.ts';
import { absoluteAt, absoluteOf, fromAbsolute, rowAt, type Scale, snap } from './geometry.ts';
import type { Row } from './rows.ts';
import type { Hand, HandWorld } from './use-hand.ts';
import type { Waiting } from './waiting.ts';

interface Options {
  frame: RefObject<HTMLDivElement>;
  scale: Scale;
  tops: readonly number[];
  rows: readonly Row[];
  board: Board;
  field: HandWorld['field'];
  hand: Hand;
  selected: ReadonlySet<string>;
  onSelect: (id: string) => void;
  onOpen: (id: string) => void;
}

interface At {
  absolute: number;
  row: number;
}

/** A press that becomes a drag once the pointer has gone a little way. */
interface Press {
  x: number;
  y: number;
  at: At;
  begin: () => Carry | undefined;
}

const A_LITTLE_WAY = 4;
const EDGE = 36;

/** Everything a pointer does on the board. A finger scrolls and taps: it moves sessions through the drawer. */
export function usePointer(options: Options) {
  const latest = useRef(options);
  latest.current = options;
  const press = useRef<Press | null>(null);
  /** What the pointer drags, since where it took hold of it; `pressed`: let go when the button is. */
  const drag = useRef<{ from: Carry; at: At; pressed: boolean } | null>(null);
  const justDragged = useRef(false);

  const place = (event: { clientX: number; clientY: number }): At => {
    const { frame, scale, tops } = latest.current;
    const element = frame.current;
    if (!element) return { absolute: 0, row: 0 };
    const box = element.getBoundingClientRect();
    const corner = element.querySelector<HTMLElement>('[role="columnheader"]');
    const x = event.clientX - box.left - element.clientLeft + element.scrollLeft - (corner?.offsetWidth ?? 0);
    const y = event.clientY - box.top - element.clientTop + element.scrollTop - (corner?.offsetHeight ?? 0);
    return { absolute: absoluteAt(scale, x), row: rowAt(tops, y) };
  };

  const carryTo = (at: At) => {
    const held = drag.current;
    const { field, hand } = latest.current;
    if (held) hand.setCarry(dragged(held.from, held.at, at, field));
  };

  const takeHold = (from: Carry | undefined, at: At, pressed: boolean) => {
    if (from) drag.current = { from, at, pressed };
    return from !== undefined;
  };

  const handlers = useRef({
    move(event: PointerEvent) {
      const { frame, hand } = latest.current;
      const pressed = press.current;
      if (pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > A_LITTLE_WAY) {
        press.current = null;
        justDragged.current = true;
        takeHold(pressed.begin(), pressed.at, true);
      }
      if (!drag.current || hand.carry?.via === 'keys') return;
      event.preventDefault();
      scrollAtEdge(frame.current, event);
      carryTo(place(event));
    },
    up(event: PointerEvent) {
      const { frame, hand } = latest.current;
      press.current = null;
      if (!drag.current?.pressed) return;
      drag.current = null;
      const box = frame.current?.getBoundingClientRect();
      const inside =
        box && event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
      if (inside) hand.drop();
      else hand.putBack();
    },
    stop() {
      press.current = null;
      drag.current = null;
      latest.current.hand.putBack();
    },
  });

  useEffect(() => {
    const { move, up, stop } = handlers.current;
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', stop);
    return () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', stop);
    };
  }, []);
  const { carry } = options.hand;
  useEffect(() => {
    if (carry === null || carry.via === 'keys') drag.current = carry === null ? null : drag.current;
    document.body.toggleAttribute('data-carrying', carry !== null);
    return () => document.body.removeAttribute('data-carrying');
  }, [carry]);

  const onPointerDown = (event: ReactPointerEvent) => {
    justDragged.current = false;
    const { board, hand, selected, rows, field } = latest.current;
    if (event.button !== 0 || event.pointerType === 'touch' || hand.carry !== null) return;
    const target = event.target as HTMLElement;
    const id = target.closest<HTMLElement>('[data-session]')?.dataset.session;
    const at = place(event);
    if (id !== undefined) {
      if (event.shiftKey || event.ctrlKey || event.metaKey) return;
      const resize = target.closest('[data-grip]') !== null;
      const ids = selected.has(id) ? [id, ...[...selected].filter((other) => other !== id)] : [id];
      const sessions = ids.flatMap((one) => board.sessions.find((session) => session.id === one) ?? []);
      const begin = () => hand.pickUp(resize ? 'resize' : 'move', sessions, 'pointer');
      press.current = { x: event.clientX, y: event.clientY, at, begin };
      return;
    }
    const tutorId = rows[at.row]?.tutor.id;
    if (tutorId === undefined || target.closest('[data-cell]') === null) return;
    event.preventDefault();
    const start = fromAbsolute(Math.floor(at.absolute / field.grid) * field.grid);
    const begin = () => hand.draw({ tutorId, ...start }, 'pointer');
    press.current = { x: event.clientX, y: event.clientY, at, begin };
  };

  const onClick = (event: ReactMouseEvent) => {
    const { hand, onSelect, onOpen } = latest.current;
    if (justDragged.current) {
      justDragged.current = false;
      return;
    }
    if (hand.carry?.via === 'pointer') return hand.drop();
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-session]')?.dataset.session;
    if (id === undefined) return;
    if (event.shiftKey || event.ctrlKey || event.metaKey) onSelect(id);
    else onOpen(id);
  };

  const onDoubleClick = (event: ReactMouseEvent) => {
    const { hand, rows, field } = latest.current;
    const target = event.target as HTMLElement;
    if (target.closest('[data-session]') || !target.closest('[data-cell]')) return;
    const at = place(event);
    const tutorId = rows[at.row]?.tutor.id;
    if (tutorId === undefined) return;
    hand.draw({ tutorId, ...fromAbsolute(Math.floor(at.absolute / field.grid) * field.grid) }, 'pointer');
    // In the same breath: the next click would have done it.
    setTimeout(() => latest.current.hand.drop());
  };

  /** A card from the side, or a copy: it follows the pointer, pressed or not. */
  const follow = (from: Carry | undefined, pressed: boolean) => {
    const [item] = from?.items ?? [];
    const { rows } = latest.current;
    if (!from || !item) return;
    const row = rows.findIndex(({ tutor }) => tutor.id === item.from.tutorId);
    takeHold(from, { absolute: absoluteOf(item.from), row: Math.max(row, 0) }, pressed);
  };

  const onCardPress = (event: ReactPointerEvent, waiting: Waiting) => {
    const { hand, rows, field } = latest.current;
    const tutorId = rows[0]?.tutor.id;
    if (event.button !== 0 || event.pointerType === 'touch' || tutorId === undefined) return;
    const from = { tutorId, day: 0, start: field.from };
    press.current = {
      x: event.clientX,
      y: event.clientY,
      at: { absolute: absoluteOf(from), row: 0 },
      begin: () => hand.draw(from, 'pointer', waiting),
    };
  };

  return { onPointerDown, onClick, onDoubleClick, onCardPress, follow };
}

/** What was taken hold of at one place, with the pointer at another. */
function dragged(from: Carry, held: At, at: At, field: HandWorld['field']): Carry {
  const [first] = from.items;
  if (!first) return from;
  const anchor = absoluteOf(first.from);
  const by = at.absolute - held.absolute;
  if (from.kind === 'resize') {
    const length = nearestLength(from.lengths, first.from.minutes + by);
    return { ...from, shift: { ...from.shift, length } };
  }
  if (from.kind === 'create') {
    const length = nearestLength(from.lengths, Math.abs(by));
    return shiftTo(from, { length, minutes: by < 0 ? field.grid - length : 0 }, field);
  }
  const minutes = Math.abs(by) < field.grid / 2 ? 0 : snap(anchor + by, field.grid) - anchor;
  return shiftTo(from, { minutes, rows: at.row - held.row }, field);
}

function scrollAtEdge(frame: HTMLDivElement | null, event: PointerEvent) {
  if (!frame) return;
  const box = frame.getBoundingClientRect();
  const pull = (near: number, far: number, at: number) => (at < near + EDGE ? -12 : at > far - EDGE ? 12 : 0);
  frame.scrollBy(pull(box.left + 150, box.right, event.clientX), pull(box.top + 40, box.bottom, event.clientY));
}
