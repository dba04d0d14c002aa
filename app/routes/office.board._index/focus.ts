import type { Row } from './rows.ts';

/** The one place of the grid that the Tab key reaches: a session, or a day without any (`id` null). */
export interface Focus {
  tutorId: string;
  day: number;
  id: string | null;
}

export type Step = 'left' | 'right' | 'up' | 'down' | 'home' | 'end' | 'first' | 'last' | 'page-up' | 'page-down';

const PAGE = 8;

function stopsOf(row: Row): Focus[] {
  return row.days.flatMap((boxes, day): Focus[] =>
    boxes.length === 0
      ? [{ tutorId: row.tutor.id, day, id: null }]
      : boxes.map(({ session }) => ({ tutorId: row.tutor.id, day, id: session.id })),
  );
}

const startOf = (row: Row, focus: Focus) =>
  row.days[focus.day]?.find(({ session }) => session.id === focus.id)?.session.start ?? null;

/** In another row, on the same day: what is nearest in time. */
function across(row: Row, day: number, start: number | null): Focus {
  const boxes = row.days[day] ?? [];
  const wanted = start ?? boxes[0]?.session.start ?? 0;
  const near = [...boxes].sort((a, b) => Math.abs(a.session.start - wanted) - Math.abs(b.session.start - wanted))[0];
  return { tutorId: row.tutor.id, day, id: near?.session.id ?? null };
}

/** Where the focus goes; it stays where there is no further. */
export function stepFocus(rows: readonly Row[], focus: Focus, step: Step): Focus {
  const at = rows.findIndex((row) => row.tutor.id === focus.tutorId);
  const row = rows[at];
  if (!row) return firstFocus(rows) ?? focus;
  const stops = stopsOf(row);
  const place = stops.findIndex((stop) => stop.day === focus.day && stop.id === focus.id);
  const inRow = (n: number) => stops[Math.max(0, Math.min(stops.length - 1, n))] ?? focus;
  const toRow = (n: number) => {
    const other = rows[Math.max(0, Math.min(rows.length - 1, n))];
    return other === undefined || other === row ? focus : across(other, focus.day, startOf(row, focus));
  };
  switch (step) {
    case 'left':
      return inRow(place - 1);
    case 'right':
      return inRow(place + 1);
    case 'home':
      return inRow(0);
    case 'end':
      return inRow(stops.length - 1);
    case 'up':
      return toRow(at - 1);
    case 'down':
      return toRow(at + 1);
    case 'page-up':
      return toRow(at - PAGE);
    case 'page-down':
      return toRow(at + PAGE);
    case 'first':
      return firstFocus(rows) ?? focus;
    case 'last': {
      const last = rows.at(-1);
      return last ? (stopsOf(last).at(-1) ?? focus) : focus;
    }
  }
}

export function firstFocus(rows: readonly Row[]): Focus | undefined {
  const [row] = rows;
  return row && stopsOf(row)[0];
}

/** The focus as it is after the board changed: on the same session wherever it went, or on its day, or at the beginning. */
export function keepFocus(rows: readonly Row[], focus: Focus | undefined): Focus | undefined {
  if (!focus) return firstFocus(rows);
  if (focus.id !== null) {
    for (const row of rows) {
      const day = row.days.findIndex((boxes) => boxes.some(({ session }) => session.id === focus.id));
      if (day !== -1) return { tutorId: row.tutor.id, day, id: focus.id };
    }
  }
  const row = rows.find(({ tutor }) => tutor.id === focus.tutorId);
  return row ? across(row, Math.min(focus.day, row.days.length - 1), null) : firstFocus(rows);
}
