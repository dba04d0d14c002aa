import { blocking } from '#app/domain/scheduling/booking-problem.ts';
import { seriesInWords } from '#app/domain/scheduling/repeat.ts';
import type { SeriesPreview } from '#app/domain/series/preview-series.server.ts';
import { formatMoney } from '#app/ui/format.ts';
import { type Reader, stampText } from '#app/ui/session-when.ts';
import { type DayView, occurrenceText, viewDay } from '../series-pages/day-view.ts';
import { creditsText } from './booking-check-view.ts';

/** What making a series would mean, in words. */
export interface SeriesPreviewView {
  rule: string;
  /** Of an open one: what is made now, and that it goes on. */
  openText: string | null;
  blocked: boolean;
  problems: { blocking: boolean; message: string }[];
  /** Days that need a decision, or of which something is to be seen. */
  days: DayView[];
  plain: { key: string; text: string }[];
  places: { studentId: string; name: string; price: string; note: string }[];
  studentClash: boolean;
  /** The form as it was typed, sent along again. */
  fields: [name: string, value: string][];
}

interface Sight {
  reader: Reader;
  currency: string;
  /** May see what the family is charged. */
  charge: boolean;
}

export function viewSeriesPreview(preview: SeriesPreview, sight: Sight, fields: SeriesPreviewView['fields']): SeriesPreviewView {
  const { reader } = sight;
  const rule = seriesInWords({ ...preview.recurrence, startMinute: preview.startMinute }, reader.locale);
  const asked = preview.occurrences.filter(({ findings }) => findings.problems.length > 0);
  const last = preview.occurrences.at(-1)?.occurrence.startsAt;
  return {
    rule: rule.charAt(0).toUpperCase() + rule.slice(1),
    openText:
      preview.nextAfter && last ? `Planned until ${stampText(reader, last)} now; further ones are added by themselves.` : null,
    blocked: blocking(preview.problems).length > 0,
    problems: preview.problems.map((problem) => ({ blocking: problem.severity === 'blocking', message: problem.message })),
    days: asked.map(({ occurrence, findings, action }) =>
      viewDay(reader, {
        occurrence,
        problems: findings.problems,
        ways: occurrence.startsAt ? ['book', 'skip', 'move'] : ['skip', 'move'],
        choice: action === 'book' ? (occurrence.moved ? 'move' : 'book') : 'skip',
      }),
    ),
    plain: preview.occurrences
      .filter(({ findings }) => findings.problems.length === 0)
      .map(({ occurrence }) => ({ key: occurrence.date, text: occurrenceText(reader, occurrence) })),
    places: preview.places.map((place) => ({
      studentId: place.studentId,
      name: place.name,
      price:
        place.credits !== null
          ? creditsText(place.credits, reader.locale)
          : place.fee !== null && sight.charge
            ? formatMoney(place.fee, sight.currency, reader.locale)
            : '',
      note: place.note,
    })),
    studentClash: asked.some(({ findings }) => findings.problems.some((problem) => problem.code === 'student_conflict')),
    fields,
  };
}
