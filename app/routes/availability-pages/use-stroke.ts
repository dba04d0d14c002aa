import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { isOpenAt, type WeekSpan } from '#app/domain/scheduling/week-plan.ts';

/** What one drag covers. */
interface Stroke {
  free: boolean;
  from: Cell;
  to: Cell;
}

interface Cell {
  /** Its column. */
  column: number;
  /** Where the cell begins, in minutes. */
  minute: number;
}

interface Options {
  /** The seven columns, one after the other. */
  area: RefObject<HTMLElement>;
  /** The weekdays of the columns. */
  weekdays: readonly number[];
  spans: readonly WeekSpan[];
  firstMinute: number;
  lastMinute: number;
  stepMinutes: number;
  /** A finger draws too; else it scrolls, and a tap is a cell. */
  drawing: boolean;
  onPaint: (stroke: WeekSpan[], free: boolean) => void;
}

const TAP_WITHIN_PX = 8;

/** Drawing over the week: a drag takes in whole cells, over several days too; where it began free it takes away. */
export function useStroke(options: Options) {
  const { area, weekdays, spans, firstMinute, lastMinute, stepMinutes, drawing, onPaint } = options;
  const [stroke, setStroke] = useState<Stroke | null>(null);
  const tap = useRef<{ x: number; y: number } | null>(null);

  const cellAt = (event: PointerEvent): Cell => {
    const box = area.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    const share = (at: number, start: number, size: number) => Math.min(0.9999, Math.max(0, (at - start) / size));
    const minutes = share(event.clientY, box.top, box.height) * (lastMinute - firstMinute);
    return {
      column: Math.floor(share(event.clientX, box.left, box.width) * weekdays.length),
      minute: firstMinute + Math.floor(minutes / stepMinutes) * stepMinutes,
    };
  };
  const begin = (event: PointerEvent): Stroke => {
    const cell = cellAt(event);
    return { free: !isOpenAt(spans, weekdays[cell.column] ?? 1, cell.minute), from: cell, to: cell };
  };
  const covered = ({ from, to }: Stroke): WeekSpan[] => {
    const [top, bottom] = [Math.min(from.minute, to.minute), Math.max(from.minute, to.minute) + stepMinutes];
    const [left, right] = [Math.min(from.column, to.column), Math.max(from.column, to.column)];
    return weekdays
      .slice(left, right + 1)
      .map((weekday) => ({ weekday, startMinute: top, endMinute: Math.min(bottom, lastMinute) }));
  };
  const paint = (done: Stroke) => onPaint(covered(done), done.free);

  useEffect(() => {
    if (!stroke) return;
    const giveUp = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setStroke(null);
    };
    window.addEventListener('keydown', giveUp);
    return () => window.removeEventListener('keydown', giveUp);
  }, [stroke]);

  return {
    stroke: stroke && { spans: covered(stroke), free: stroke.free },
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        if (!event.isPrimary || event.button !== 0) return;
        if (event.pointerType === 'touch' && !drawing) {
          tap.current = { x: event.clientX, y: event.clientY };
          return;
        }
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        setStroke(begin(event));
      },
      onPointerMove: (event: PointerEvent) => {
        if (!stroke) return;
        const to = cellAt(event);
        if (to.column !== stroke.to.column || to.minute !== stroke.to.minute) setStroke({ ...stroke, to });
      },
      onPointerUp: (event: PointerEvent) => {
        // A quick finger is up before its last move is told.
        if (stroke) paint({ ...stroke, to: cellAt(event) });
        else if (tap.current && Math.hypot(event.clientX - tap.current.x, event.clientY - tap.current.y) < TAP_WITHIN_PX)
          paint(begin(event));
        setStroke(null);
        tap.current = null;
      },
      // The finger scrolls instead.
      onPointerCancel: () => {
        setStroke(null);
        tap.current = null;
      },
    },
  };
}
