import { Button, Group, NativeSelect, Radio, Stack } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useSubmit } from '@remix-run/react';
import { can } from '#app/auth/can.ts';
import { SAID_BY } from '#app/domain/scheduling/cancellation-reason.schema.ts';
import { listReasonChoices } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import { cancelSeries } from '#app/domain/series/cancel-series.server.ts';
import { previewSeriesCancellation } from '#app/domain/series/preview-series-cancellation.server.ts';
import { listSessionsOfSeries } from '#app/domain/series/queries.server.ts';
import { cancelSeriesSchema } from '#app/domain/series/series.schema.ts';
import { CancellationReasonFields } from '#app/ui/cancellation-reason-fields.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SaidByChoice } from '#app/ui/said-by-choice.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { problemOf } from '#app/ui/session-problem.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { Consequence } from '../series-pages/consequence.tsx';
import { timesText } from '../series-pages/day-view.ts';
import { loadSeries } from '../series-pages/load-series.server.ts';
import { viewCancellation } from '../series-pages/view-cancellation.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';

const OFFERED = 100;

/** Who stops it and from when is in the address, so that the consequence shown is the one that is meant. */
export async function loader(args: LoaderFunctionArgs) {
  const { user, series, organisation, reader, context, title, rule } = await loadSeries(args, 'session.cancel');
  const params = new URL(args.request.url).searchParams;
  const by = SAID_BY.find((who) => who === params.get('by')) ?? 'client';
  const rows = await listSessionsOfSeries(context.db, { seriesId: series.id, from: reader.now, limit: OFFERED });
  const coming = rows.filter((row) => row.status === 'scheduled').sort((a, b) => (a.originalDate < b.originalDate ? -1 : 1));
  const asked = params.get('from') ?? '';
  const from = isLocalDate(asked) ? asked : (coming[0]?.originalDate ?? series.startsOn);
  const scope = params.get('scope') === 'following' ? ('following' as const) : ('all' as const);
  const [preview, reasons] = await Promise.all([
    previewSeriesCancellation(context.db, context, { seriesId: series.id, scope, from, by }),
    listReasonChoices(context.db, by),
  ]);
  return {
    id: series.id,
    title,
    rule,
    by,
    scope,
    from,
    reasons,
    sessions: coming.map((row) => ({ date: row.originalDate, text: timesText(reader, row) })),
    view: viewCancellation(preview, { reader, currency: organisation.currency, charge: can(user, 'rates.charge.read') }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { series, reader, actor, context } = await loadSeries(args, 'session.cancel');
  const form = await args.request.formData();
  const said = { reasonId: textOf(form, 'reasonId'), reason: textOf(form, 'reason') };
  try {
    const input = cancelSeriesSchema.parse({
      seriesId: series.id,
      scope: textOf(form, 'scope'),
      from: textOf(form, 'from'),
      by: textOf(form, 'by'),
      ...said,
    });
    await cancelSeries(context.db, context, actor, input);
  } catch (error) {
    const { problem, status } = problemOf(error, reader);
    return data({ said, problem }, { status });
  }
  return redirect(`/office/series/${series.id}`);
}

export const meta: MetaFunction = () => [{ title: 'Stop a series · Lectern' }];

export default function CancelSeries() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const submit = useSubmit();
  const back = `/office/series/${page.id}`;
  return (
    <>
      <PageHeader back={{ to: back, label: page.title }} title="Stop the series" description={page.rule} />
      <Stack gap="lg" maw={640}>
        <ProblemAlert problem={answer?.problem} />
        {/* Asks anew what it would mean; without a script by its button. */}
        <Form method="get" onChange={({ currentTarget }) => submit(currentTarget, { replace: true, preventScrollReset: true })}>
          <Stack gap="md">
            <Radio.Group name="scope" label="Which sessions?" defaultValue={page.scope}>
              <Stack gap={6} mt={6}>
                <Radio value="all" label="All that are still to come" />
                <Radio value="following" label="One of them and those after it" />
              </Stack>
            </Radio.Group>
            {page.scope === 'following' ? (
              <NativeSelect
                name="from"
                label="From"
                defaultValue={page.from}
                maw={340}
                data={page.sessions.map(({ date, text }) => ({ value: date, label: text }))}
              />
            ) : null}
            <SaidByChoice label="Who stops it?" defaultValue={page.by} />
            <noscript>
              <button type="submit">Show what this means</button>
            </noscript>
          </Stack>
        </Form>
        <Consequence view={page.view} none="Nothing is still to come: the series only ends" />
        <Form method="post" ref={form} noValidate>
          <Stack gap="md">
            <input type="hidden" name="scope" value={page.scope} />
            <input type="hidden" name="from" value={page.from} />
            <input type="hidden" name="by" value={page.by} />
            <CancellationReasonFields
              key={page.by}
              choices={page.reasons}
              values={answer?.said}
              errors={answer?.problem.errors}
              description="Goes into the mails and the sessions’ story"
            />
            <Group>
              <SubmitButton color="red.9">
                {page.view.count === 0
                  ? 'Stop the series'
                  : page.view.count === 1
                    ? 'Cancel 1 session'
                    : `Cancel ${page.view.count} sessions`}
              </SubmitButton>
              <Button component={Link} to={back} variant="subtle">
                Keep it
              </Button>
            </Group>
          </Stack>
        </Form>
      </Stack>
    </>
  );
}
