import { blocking } from '#app/domain/scheduling/booking-problem.ts';
import { seriesInWords } from '#app/domain/scheduling/repeat.ts';
import type { SeriesEditPlan } from '#app/domain/series/plan-series-edit.server.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { dateText } from '../series-pages/date-text.ts';
import { type DayView, occurrenceText, timesText, viewDay } from '../series-pages/day-view.ts';

interface DayLine {
  key: string;
  text: string;
  was?: string | null;
}

/** What an edit would change, in words: before anything is saved. */
export interface EditPreviewView {
  /** What holds afterwards, from when on. */
  rule: string;
  from: string;
  cut: boolean;
  blocked: boolean;
  problems: { blocking: boolean; message: string }[];
  /** In the way of these something is: each is decided. */
  days: DayView[];
  moved: DayLine[];
  /** Their time, place and tutor stay; only words change. */
  unmoved: number;
  added: DayLine[];
  cancelled: DayLine[];
  kept: DayLine[];
  skips: DayLine[];
  studentClash: boolean;
  nothing: boolean;
}

const WHY: Record<SeriesEditPlan['effects']['kept'][number]['why'], string> = {
  past: 'is over',
  closed_out: 'is closed out',
  billed: 'is billed',
  cancelled: 'was cancelled',
  exception: 'was changed by hand',
  too_late: 'would be in the past: stays where it is',
};

export function viewEdit(plan: SeriesEditPlan, reader: Reader): EditPreviewView {
  const { effects, moves, additions } = plan;
  const rule = seriesInWords({ ...effects.recurrence, startMinute: effects.startMinute }, reader.locale);
  const moving = moves.filter((move) => !move.unmoved || move.action === 'keep');
  const asked = [
    ...moving
      .filter(({ findings, action }) => findings.problems.length > 0 || action === 'keep')
      .map((move) =>
        viewDay(reader, {
          occurrence: move.occurrence,
          problems: move.findings.problems,
          ways: move.occurrence.startsAt ? ['book', 'keep', 'move'] : ['keep', 'move'],
          choice: move.action === 'move' ? (move.occurrence.moved ? 'move' : 'book') : 'keep',
          was: move.session,
        }),
      ),
    ...additions
      .filter(({ findings, action }) => findings.problems.length > 0 || action === 'skip')
      .map((addition) =>
        viewDay(reader, {
          occurrence: addition.occurrence,
          problems: addition.findings.problems,
          ways: addition.occurrence.startsAt ? ['book', 'skip', 'move'] : ['skip', 'move'],
          choice: addition.action === 'book' ? (addition.occurrence.moved ? 'move' : 'book') : 'skip',
        }),
      ),
  ];
  const decided = new Set(asked.map((day) => day.date));
  const line = (date: string) => dateText(date, reader.locale);
  const view = {
    rule: rule.charAt(0).toUpperCase() + rule.slice(1),
    from: line(effects.from),
    cut: effects.cut,
    blocked: blocking(plan.problems).length > 0,
    problems: plan.problems.map((problem) => ({ blocking: problem.severity === 'blocking', message: problem.message })),
    days: asked.sort((a, b) => (a.date < b.date ? -1 : 1)),
    moved: moving
      .filter(({ occurrence }) => !decided.has(occurrence.date))
      .map(({ session, occurrence }) => ({
        key: session.id,
        was: timesText(reader, session),
        text: occurrenceText(reader, occurrence),
      })),
    unmoved: moves.length - moving.length,
    added: additions
      .filter(({ occurrence }) => !decided.has(occurrence.date))
      .map(({ occurrence }) => ({ key: occurrence.date, text: occurrenceText(reader, occurrence) })),
    cancelled: effects.cancelled.map((session) => ({ key: session.id, text: timesText(reader, session) })),
    kept: effects.kept
      .filter(({ why }) => why !== 'past')
      .map(({ session, why }) => ({ key: session.id, text: `${timesText(reader, session)}: ${WHY[why]}` })),
    skips: effects.skips.map(({ from, to }) => ({
      key: from,
      text:
        to === null
          ? `${line(from)}: not a day of the series any more`
          : to === from
            ? line(from)
            : `${line(to)}, before ${line(from)}`,
    })),
    studentClash: asked.some((day) => day.marks.some((mark) => mark.blocking && /student/i.test(mark.message))),
  };
  return {
    ...view,
    nothing: view.moved.length + view.added.length + view.cancelled.length + view.days.length + view.unmoved === 0,
  };
}
