import { randomUUID } from 'node:crypto';
import { Text } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { listBookingChoices } from '#app/domain/scheduling/booking-choices.server.ts';
import { rruleInWords } from '#app/domain/scheduling/repeat.ts';
import { editSeries } from '#app/domain/series/edit-series.server.ts';
import { planSeriesEdit } from '#app/domain/series/plan-series-edit.server.ts';
import { listSessionsOfSeries } from '#app/domain/series/queries.server.ts';
import { editSeriesSchema } from '#app/domain/series/series.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type FormProblem, problemOf } from '#app/ui/session-problem.ts';
import { timesText } from '../series-pages/day-view.ts';
import { fieldsToKeep, readDecisions } from '../series-pages/decisions.ts';
import { loadSeries } from '../series-pages/load-series.server.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { EditForm } from './edit-form.tsx';
import { EditPreview } from './edit-preview.tsx';
import { type EditValues, editChange, openEdit, typedEdit } from './edit-values.ts';
import { type EditPreviewView, viewEdit } from './view-edit.ts';

/** So many sessions to begin at are offered. */
const OFFERED = 60;

export async function loader(args: LoaderFunctionArgs) {
  const { series, organisation, reader, context, title, zoneText } = await loadSeries(args, 'session.edit');
  const [rows, { tutors, programs }] = await Promise.all([
    listSessionsOfSeries(context.db, { seriesId: series.id, from: reader.now, limit: OFFERED }),
    listBookingChoices(context.db),
  ]);
  const coming = rows.filter((row) => row.status === 'scheduled').sort((a, b) => (a.originalDate < b.originalDate ? -1 : 1));
  const program = programs.find(({ id }) => id === series.programId);
  const durations = new Set([...(program?.durations ?? organisation.durations), series.durationMinutes]);
  const own = { id: series.tutorId, name: series.tutorName };
  return {
    id: series.id,
    title,
    ended: series.endedAt !== null,
    version: series.version,
    editId: randomUUID(),
    values: openEdit(series, new URL(args.request.url).searchParams, coming[0]?.originalDate ?? series.startsOn),
    sessions: coming.map((row) => ({ date: row.originalDate, text: timesText(reader, row) })),
    tutors: tutors.some(({ id }) => id === own.id) ? tutors.map(({ id, name }) => ({ id, name })) : [own, ...tutors],
    durations: [...durations].sort((a, b) => a - b),
    gridMinutes: organisation.gridMinutes,
    rule: rruleInWords(series.rrule),
    course: series.courseId !== null,
    inPerson: series.mode === 'in_person',
    zoneText,
  };
}

interface Answer {
  values: EditValues;
  problem: FormProblem | undefined;
  preview: EditPreviewView | null;
  fields: [name: string, value: string][];
}

export async function action(args: ActionFunctionArgs) {
  const { series, reader, actor, context } = await loadSeries(args, 'session.edit');
  const form = await args.request.formData();
  const values = typedEdit(form);
  const fields = fieldsToKeep(form);
  const intent = textOf(form, 'intent');
  const answer = (problem: FormProblem | undefined, status: number, preview: EditPreviewView | null = null) =>
    data<Answer>({ values, problem, preview, fields }, { status });
  if (intent === 'edit') return answer(undefined, 200);
  const changed = editChange(values, series);
  if ('errors' in changed) return answer({ message: 'That can’t be saved yet.', errors: changed.errors, clashes: [] }, 400);
  const { decisions, errors } = readDecisions(form);
  try {
    const input = editSeriesSchema.parse({
      seriesId: series.id,
      version: Number(textOf(form, 'version')),
      editId: textOf(form, 'editId'),
      scope: values.scope,
      from: values.from,
      change: changed.change,
      overruleStudentConflict: values.overrule,
      decisions,
    });
    const preview = async (problem: FormProblem | undefined, status: number) =>
      answer(problem, status, viewEdit(await planSeriesEdit(context.db, context, series, input), reader));
    if (intent !== 'apply') return await preview(undefined, 200);
    if (Object.keys(errors).length > 0) return await preview({ message: 'Say when instead.', errors, clashes: [] }, 400);
    try {
      const { seriesId } = await editSeries(context.db, context, actor, input);
      return redirect(`/office/series/${seriesId}`);
    } catch (error) {
      const { problem, status } = problemOf(error, reader);
      return await preview({ ...problem, clashes: [] }, status);
    }
  } catch (error) {
    const { problem, status } = problemOf(error, reader);
    return answer(problem, status);
  }
}

export const meta: MetaFunction = () => [{ title: 'Change a series · Lectern' }];

export default function EditSeries() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const back = `/office/series/${page.id}`;
  const header = <PageHeader back={{ to: back, label: page.title }} title="Change the series" />;
  if (page.ended) {
    return (
      <>
        {header}
        <Text>This series has ended. Plan a new one.</Text>
      </>
    );
  }
  return (
    <>
      {header}
      {answer?.preview ? (
        <EditPreview view={answer.preview} problem={answer.problem} fields={answer.fields} />
      ) : (
        <EditForm {...page} values={answer?.values ?? page.values} problem={answer?.problem} back={back} />
      )}
    </>
  );
}
