import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { billAgain } from '#app/domain/billing/bill-again.server.ts';
import { countReasons, leftOutLabel, leftOutMeaning } from '#app/domain/billing/invoice-run.ts';
import { listUnbilled, listUnbilledLines } from '#app/domain/billing/unbilled-queries.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { waivedText } from '#app/domain/make-ups/waived-words.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { useViewer } from '#app/ui/viewer.ts';
import { dayOf } from '#app/ui/waiver-words.ts';
import { periodQuery, presetsOf, readPeriod } from '../money-pages/period.ts';
import { PeriodChoice } from '../money-pages/period-choice.tsx';
import { refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';

const HELP = {
  text: 'Sessions that are on no invoice, and why each is not. From here you go to what has to be done so that it can be billed.',
  about: 'office/invoices',
} as const;

export const meta: MetaFunction = () => [{ title: 'Unbilled, and why · Lectern' }];

const SHOWN = 300;

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  const params = new URL(args.request.url).searchParams;
  const { shown, period, errors } = readPeriod(params, today);
  const reason = params.get('reason') ?? '';
  const [places, lines] = period ? await Promise.all([listUnbilled(db, period), listUnbilledLines(db, period)]) : [[], []];
  const chosen = reason ? places.filter((place) => place.reason === reason) : places;
  return {
    shown,
    errors,
    reason,
    presets: presetsOf(today),
    counts: countReasons(places),
    total: places.length,
    lines,
    places: chosen.slice(0, SHOWN),
    hidden: Math.max(0, chosen.length - SHOWN),
  };
}

/** Bills a credited place again. */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'money.manage');
  const form = await request.formData();
  const attendanceId = textOf(form, 'attendanceId');
  if (!isId(attendanceId)) return refusal({ attendanceId: 'This place does not exist.' }, form);
  try {
    await billAgain(context.db, context, actorOf(user, context), { attendanceId });
  } catch (error) {
    return refusalOf(error, form);
  }
  const { pathname, search } = new URL(request.url);
  throw redirect(`${pathname}${search}`);
}

export default function Unbilled() {
  const { shown, errors, reason, presets, counts, total, lines, places, hidden } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { locale } = useViewer();
  const query = periodQuery(shown);
  const told = answer?.message ?? Object.values(answer?.errors ?? {})[0];
  return (
    <>
      <PageHeader
        help={HELP}
        title="Unbilled, and why"
        description="Every place of the period that is on no invoice, with its reason. Read from the sessions themselves, so it is always true."
        actions={
          <Button
            component={Link}
            to={`/office/unbilled.csv?${query}${reason ? `&reason=${reason}` : ''}`}
            reloadDocument
            variant="default"
          >
            CSV
          </Button>
        }
      />
      <ToldAlert told={told ? { message: told } : undefined} />
      <PeriodChoice path="/office/unbilled" shown={shown} presets={presets} errors={errors} keep={reason ? { reason } : {}} />
      {total + lines.length === 0 ? (
        <EmptyState
          title="Everything is billed"
          text="No place of these days is without an invoice."
          action={{ to: '/office/invoices', label: 'Show the invoices' }}
        />
      ) : (
        <>
          <Group gap="md" mb="sm" component="nav" aria-label="Reasons">
            <Reason to={`/office/unbilled?${query}`} current={reason === ''} label={`All (${total})`} />
            {counts.map((one) => (
              <Reason
                key={one.reason}
                to={`/office/unbilled?${query}&reason=${one.reason}`}
                current={reason === one.reason}
                label={`${leftOutLabel(one.reason)} (${one.count})`}
              />
            ))}
          </Group>
          {reason ? (
            <Text size="sm" c="dimmed" mb="sm">
              {leftOutMeaning(reason)}
            </Text>
          ) : null}
          {places.length === 0 ? null : (
            <DataTable
              caption="Unbilled places"
              rows={places}
              rowKey={(place) => place.attendanceId}
              columns={[
                {
                  key: 'student',
                  header: 'Student',
                  primary: true,
                  cell: (place) => (
                    <Anchor component={Link} to={`/office/sessions/${place.sessionId}`} size="sm" fw={500}>
                      {place.studentName}
                    </Anchor>
                  ),
                },
                { key: 'when', header: 'When', cell: (place) => <DateTime value={place.startsAt} /> },
                { key: 'family', header: 'Family', cell: (place) => place.clientName, wideOnly: true },
                { key: 'tutor', header: 'Tutor', cell: (place) => place.tutorName },
                {
                  key: 'reason',
                  header: 'Reason',
                  cell: (place) =>
                    place.reason === 'credited' ? (
                      <Group gap="xs">
                        {leftOutLabel(place.reason)}
                        <Form method="post">
                          <SubmitButton name="attendanceId" value={place.attendanceId} variant="default" size="compact-xs">
                            Bill again
                          </SubmitButton>
                        </Form>
                      </Group>
                    ) : (
                      <>
                        {leftOutLabel(place.reason)}
                        {place.waived ? (
                          <Text size="xs" c="dimmed">
                            {waivedText(place.waived, (day) => dayOf(day, locale))}
                          </Text>
                        ) : null}
                      </>
                    ),
                },
                { key: 'net', header: 'Net', align: 'right', cell: (place) => <Money value={place.net} /> },
              ]}
            />
          )}
          {lines.length === 0 || reason !== '' ? null : (
            <section aria-labelledby="lines">
              <Title order={2} id="lines" mt="lg" mb="xs">
                Other lines that wait for a run
              </Title>
              <DataTable
                caption="Packages, extra lines and discounts that no run has billed"
                rows={lines}
                rowKey={(one) => one.chargeId}
                columns={[
                  {
                    key: 'family',
                    header: 'Family',
                    primary: true,
                    cell: (one) => (
                      <Anchor component={Link} to={`/office/credits/${one.clientId}`} size="sm" fw={500}>
                        {one.clientName}
                      </Anchor>
                    ),
                  },
                  { key: 'what', header: 'For', cell: (one) => one.description },
                  { key: 'day', header: 'Day', cell: (one) => <LocalDate value={one.localDate} /> },
                  { key: 'reason', header: 'Reason', cell: (one) => leftOutLabel(one.reason) },
                  { key: 'net', header: 'Net', align: 'right', cell: (one) => <Money value={one.net} /> },
                ]}
              />
            </section>
          )}
          {hidden > 0 ? (
            <Text size="sm" c="dimmed" mt="sm">
              {hidden} more are in the CSV, or choose fewer days.
            </Text>
          ) : null}
        </>
      )}
    </>
  );
}

function Reason({ to, current, label }: { to: string; current: boolean; label: string }) {
  return (
    <Anchor component={Link} to={to} size="sm" fw={current ? 600 : 400} aria-current={current ? 'page' : undefined}>
      {label}
    </Anchor>
  );
}
