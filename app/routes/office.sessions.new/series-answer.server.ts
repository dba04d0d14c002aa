import { data, redirect } from '@remix-run/node';
import { actorOf } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { ruleOf } from '#app/domain/scheduling/repeat.ts';
import type { BookSessionInput } from '#app/domain/scheduling/session.schema.ts';
import { createSeries } from '#app/domain/series/create-series.server.ts';
import { previewSeries } from '#app/domain/series/preview-series.server.ts';
import { type CreateSeriesInput, createSeriesSchema } from '#app/domain/series/series.schema.ts';
import { type FormProblem, problemOf } from '#app/ui/session-problem.ts';
import { fieldsToKeep, readDecisions } from '../series-pages/decisions.ts';
import { endOf, type RepeatValues, typedRepeat } from '../series-pages/repeat-values.ts';
import { type BookingValues, bookingInput, formField } from './booking-values.ts';
import { type Booker, rulesFor } from './check-booking.server.ts';
import { type SeriesPreviewView, viewSeriesPreview } from './series-preview-view.ts';

export interface SeriesAnswer {
  values: BookingValues;
  repeat: RepeatValues;
  problem: FormProblem | undefined;
  check: null;
  /** The page of its days; null: the form again. */
  series: SeriesPreviewView | null;
}

/** What a booking that repeats is answered with: its days to look at, then the series, or the form with what is wrong. */
export async function answerSeries(who: Booker, form: FormData, values: BookingValues) {
  const repeat = typedRepeat(form);
  const intent = form.get('intent');
  const again = (problem: FormProblem | undefined, status: number, series: SeriesPreviewView | null = null) =>
    data<SeriesAnswer>({ values, repeat, problem, check: null, series }, { status });
  if (intent === 'edit') return again(undefined, 200);
  const { input, errors } = seriesInput(values, repeat, who);
  if (!input) return again({ message: 'This series can’t be planned yet.', errors, clashes: [] }, 400);

  const { decisions, errors: undated } = readDecisions(form);
  const wanted = { ...input, decisions };
  const preview = async (problem: FormProblem | undefined, status: number) => {
    const result = await previewSeries(who.context.db, who.context, wanted);
    const sight = { reader: who.reader, currency: who.organisation.currency, charge: can(who.user, 'rates.charge.read') };
    return again(problem, status, viewSeriesPreview(result, sight, fieldsToKeep(form)));
  };
  try {
    if (intent !== 'create-series') return await preview(undefined, 200);
    if (Object.keys(undated).length > 0)
      return await preview({ message: 'Say when instead.', errors: undated, clashes: [] }, 400);
    const { seriesId } = await createSeries(who.context.db, who.context, actorOf(who.user, who.context), wanted);
    return redirect(`/office/series/${seriesId}`);
  } catch (error) {
    const { problem, status } = problemOf(error, who.reader);
    const named = Object.fromEntries(Object.entries(problem.errors).map(([name, message]) => [formField(name), message]));
    // Of what the form says, back to the form; of single days, to the days.
    const inDays = ['tutor_conflict', 'student_conflict', 'room_conflict', 'insufficient_credits', 'nonexistent_time'].includes(
      problem.code ?? '',
    );
    return intent === 'create-series' && inDays
      ? preview({ ...problem, errors: named, clashes: [] }, status)
      : again({ ...problem, errors: named }, status);
  }
}

function seriesInput(
  values: BookingValues,
  repeat: RepeatValues,
  who: Booker,
): { input?: CreateSeriesInput; errors: Record<string, string> } {
  const booking = bookingInput(values, rulesFor(who));
  const end = endOf(repeat);
  const errors: Record<string, string> = {
    ...('errors' in booking ? booking.errors : {}),
    ...('errors' in end ? end.errors : {}),
  };
  if (values.chargeRate || values.payRate) {
    const said = 'A rate by hand is of one session: give the student or the program a rate instead.';
    errors[values.chargeRate ? 'chargeRate' : 'payRate'] = said;
  }
  if (values.plan) errors.plan = 'A plan is of one session: write it on the page of each.';
  if (Object.keys(errors).length > 0 || !('input' in booking) || !('end' in end) || repeat.repeat === '') return { errors };
  const [startsOn = '', time = ''] = booking.input.wallStart.split('T');
  const parsed = createSeriesSchema.safeParse({
    ...seriesFields(booking.input),
    ...end.end,
    rrule: ruleOf({ repeat: repeat.repeat, weekdays: repeat.weekdays }, startsOn),
    startsOn,
    time: time.slice(0, 5),
  });
  if (parsed.success) return { input: parsed.data, errors };
  for (const issue of parsed.error.issues) errors[formField(String(issue.path[0]))] ??= issue.message;
  return { errors };
}

const seriesFields = ({ wallStart: _, plan: _plan, ...input }: BookSessionInput) => input;
