import { Anchor, List, NativeSelect, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { editPayGroup } from '#app/domain/payroll/edit-pay-group.server.ts';
import { PAY_CALENDARS, payCalendarLabel, recentPayPeriods } from '#app/domain/payroll/pay-calendar.ts';
import { getPayCalendar } from '#app/domain/payroll/pay-due-queries.server.ts';
import { payGroupSchema } from '#app/domain/payroll/pay-group.schema.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { LocalDate } from '#app/ui/date-time.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues, recordFields } from '#app/ui/record-answer.ts';
import { Panel, RecordColumn, RecordColumns, RecordTitle } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { dayBefore } from '../money-pages/period.ts';
import { loadNamed } from '../named-lists/named-page.server.ts';
import { usesText } from '../named-lists/uses-text.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.record.name ?? 'Pay groups'} · Lectern` }];

const PATH = '/office/settings/pay-groups';

export async function loader(args: LoaderFunctionArgs) {
  const named = await loadNamed(args, 'payGroup');
  const { db, clock } = args.context;
  const calendar = await getPayCalendar(db, named.record.id);
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  return { ...named, ...calendar, periods: recentPayPeriods(calendar, today, 3) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const id = recordIdOf(args.params);
  const form = await request.formData();
  const read = readRecord(payGroupSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editPayGroup(context.db, context, actorOf(user, context), read.value);
    return redirect(PATH);
  } catch (error) {
    return refusedRecord(error, form, async () => {
      const saved = await loadNamed(args, 'payGroup');
      return asFormValues({ name: saved.record.name, ...(await getPayCalendar(context.db, id)) });
    });
  }
}

export default function PayGroupPage() {
  const { record, history, calendar, startsOn, periods } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field } = recordFields(asFormValues({ name: record.name, calendar, startsOn }), answer);
  return (
    <>
      <PageHeader
        title={<RecordTitle name={record.name} archived={record.archivedAt !== null} />}
        back={{ to: PATH, label: 'Pay groups' }}
      />
      <RecordColumns>
        <RecordColumn>
          <RecordForm
            answer={answer}
            version={record.version}
            labels={{ name: 'Name', calendar: 'Paid', startsOn: 'First day of a period' }}
            submit="Save"
            cancelTo={PATH}
          >
            <TextInput {...field('name')} label="Name" withAsterisk required autoComplete="off" maw={400} />
            <NativeSelect
              {...field('calendar')}
              label="Paid"
              maw={400}
              data={PAY_CALENDARS.map((value) => ({ value, label: payCalendarLabel[value] }))}
            />
            <TextInput
              {...field('startsOn')}
              type="date"
              label="First day of a period"
              description="Weeks are counted from it. By the month it is that day of each month; twice a month that day and the one 15 days on, such as the 1st and the 16th."
              maw={400}
            />
          </RecordForm>
          <Text size="sm" c="dimmed">
            Used by {usesText(record.uses)}.{' '}
            {record.uses.tutors > 0 ? (
              <Anchor component={Link} to={`/office/tutors?payGroup=${record.id}`} size="sm">
                Show the tutors
              </Anchor>
            ) : null}
          </Text>
        </RecordColumn>
        <RecordColumn>
          <Panel title="Its periods">
            <List size="sm">
              {periods.map(({ from, to }) => (
                <List.Item key={from}>
                  <LocalDate value={from} /> to <LocalDate value={dayBefore(to)} />
                </List.Item>
              ))}
            </List>
          </Panel>
          <Panel title="History">
            <RecordHistory lines={history} />
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
