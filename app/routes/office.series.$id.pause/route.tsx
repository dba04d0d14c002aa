import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useSubmit } from '@remix-run/react';
import { can } from '#app/auth/can.ts';
import { SAID_BY } from '#app/domain/scheduling/cancellation-reason.schema.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import { pauseSeries } from '#app/domain/series/pause-series.server.ts';
import { previewSeriesCancellation } from '#app/domain/series/preview-series-cancellation.server.ts';
import { pauseSeriesSchema } from '#app/domain/series/series.schema.ts';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SaidByChoice } from '#app/ui/said-by-choice.tsx';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { problemOf } from '#app/ui/session-problem.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { Consequence } from '../series-pages/consequence.tsx';
import { loadSeries } from '../series-pages/load-series.server.ts';
import { viewCancellation } from '../series-pages/view-cancellation.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';

const dayOf = (text: string | null) => (text !== null && isLocalDate(text) ? text : '');

/** From when to when and on whose wish is in the address, so that the consequence shown is the one that is meant. */
export async function loader(args: LoaderFunctionArgs) {
  const { user, series, organisation, reader, context, title, rule } = await loadSeries(args, 'session.cancel');
  const params = new URL(args.request.url).searchParams;
  const [from, to] = [dayOf(params.get('from')), dayOf(params.get('to'))];
  const by = SAID_BY.find((who) => who === params.get('by')) ?? 'office';
  const whole = from !== '' && to !== '' && to >= from;
  const preview = whole
    ? await previewSeriesCancellation(context.db, context, { seriesId: series.id, scope: 'following', from, to, by })
    : null;
  return {
    id: series.id,
    title,
    rule,
    by,
    from,
    to,
    turned: from !== '' && to !== '' && to < from,
    view:
      preview && viewCancellation(preview, { reader, currency: organisation.currency, charge: can(user, 'rates.charge.read') }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { series, reader, actor, context } = await loadSeries(args, 'session.cancel');
  const form = await args.request.formData();
  const values = { from: textOf(form, 'from'), to: textOf(form, 'to'), by: textOf(form, 'by'), reason: textOf(form, 'reason') };
  try {
    await pauseSeries(context.db, context, actor, pauseSeriesSchema.parse({ seriesId: series.id, ...values }));
  } catch (error) {
    const { problem, status } = problemOf(error, reader);
    return data({ values, problem }, { status });
  }
  return redirect(`/office/series/${series.id}`);
}

export const meta: MetaFunction = () => [{ title: 'Pause a series · Lectern' }];

export default function PauseSeries() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const submit = useSubmit();
  const back = `/office/series/${page.id}`;
  const errors = answer?.problem.errors ?? {};
  return (
    <>
      <PageHeader
        back={{ to: back, label: page.title }}
        title="Pause the series"
        description={`${page.rule}. After the pause it goes on by itself.`}
      />
      <Stack gap="lg" maw={640}>
        <ProblemAlert problem={answer?.problem} />
        {/* Asks anew what it would mean; without a script by its button. */}
        <Form method="get" onChange={({ currentTarget }) => submit(currentTarget, { replace: true, preventScrollReset: true })}>
          <Stack gap="md">
            <Group gap="md" align="flex-start">
              <TextInput
                type="date"
                name="from"
                label="First day without a session"
                defaultValue={page.from}
                error={errors.from}
              />
              <TextInput
                type="date"
                name="to"
                label="Last day without a session"
                defaultValue={page.to}
                error={errors.to ?? (page.turned ? 'The last day is before the first.' : undefined)}
              />
            </Group>
            <SaidByChoice label="Who wishes it?" defaultValue={page.by} />
            <noscript>
              <button type="submit">Show what this means</button>
            </noscript>
          </Stack>
        </Form>
        {page.view ? <Consequence view={page.view} none="No session is planned for these days: none will be" /> : null}
        <Form method="post" ref={form} noValidate>
          <Stack gap="md">
            <input type="hidden" name="from" value={page.from} />
            <input type="hidden" name="to" value={page.to} />
            <input type="hidden" name="by" value={page.by} />
            <TextInput
              name="reason"
              label="Reason"
              description="Goes into the mails, such as “Easter holidays”"
              defaultValue={answer?.values.reason ?? ''}
              error={errors.reason}
            />
            <Group>
              <SubmitButton {...(page.view ? {} : { disabled: true })}>Pause the series</SubmitButton>
              <Button component={Link} to={back} variant="subtle">
                Don’t pause
              </Button>
            </Group>
          </Stack>
        </Form>
      </Stack>
    </>
  );
}
