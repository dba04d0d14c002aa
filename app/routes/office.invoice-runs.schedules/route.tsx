import { Paper, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { scheduleSchema } from '#app/domain/billing/invoice-schedule.schema.ts';
import { listSchedules, removeSchedule, saveSchedule } from '#app/domain/billing/save-schedule.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { textOf } from '../money-pages/refusal.server.ts';
import { ScheduleForm } from './schedule-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Scheduled invoice runs · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.manage');
  const { db, clock } = args.context;
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  const next = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)), 1)).toISOString().slice(0, 10);
  return { schedules: await listSchedules(db), newId: crypto.randomUUID(), firstOfNextMonth: next };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'money.manage');
  const { context, request } = args;
  const actor = actorOf(user, context);
  const form = await request.formData();
  const id = textOf(form, 'id');
  const version = textOf(form, 'version');
  if (!isId(id)) throw redirect('/office/invoice-runs/schedules');
  if (textOf(form, 'intent') === 'remove') {
    await removeSchedule(context.db, actor, { id });
  } else {
    const read = readRecord(scheduleSchema, form);
    if (!read.ok) return refusedForm(read.answer);
    try {
      await saveSchedule(context.db, context, actor, {
        ...read.value,
        id,
        ...(version === '' ? {} : { version: Number(version) }),
      });
    } catch (error) {
      return refusedRecord(error, form);
    }
  }
  throw redirect('/office/invoice-runs/schedules');
}

export default function Schedules() {
  const { schedules, newId, firstOfNextMonth } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const mine = (id: string) => (answer?.values.id?.[0] === id ? answer : undefined);
  const isNew = !schedules.some((one) => one.id === answer?.values.id?.[0]);
  return (
    <>
      <PageHeader
        title="Scheduled invoice runs"
        back={{ to: '/office/invoice-runs', label: 'Invoice runs' }}
        description="Runs that begin by themselves: of the month before, or of the week or two before, on the day they say."
      />
      <Stack gap="lg" maw={860}>
        {schedules.length === 0 ? (
          <Text size="sm">There is none yet: somebody begins each run. Add one below, and nobody has to think of it.</Text>
        ) : null}
        {schedules.map((one) => (
          <Paper key={`${one.id}${one.version}`} withBorder p="md" component="section" aria-labelledby={`s-${one.id}`}>
            <Title order={2} id={`s-${one.id}`} mb="xs">
              {one.name}
            </Title>
            {one.lastResult ? (
              <Text size="sm" c="dimmed" mb="xs">
                Last: {one.lastResult}
              </Text>
            ) : null}
            <ScheduleForm schedule={one} answer={mine(one.id)} />
          </Paper>
        ))}
        <Paper withBorder p="md" component="section" aria-labelledby="new-schedule">
          <Title order={2} id="new-schedule" mb="xs">
            Add a schedule
          </Title>
          <ScheduleForm
            key={newId}
            schedule={{ id: newId, name: '', every: 'month', nextOn: firstOfNextMonth, does: 'prepare', paused: false }}
            answer={isNew ? answer : undefined}
          />
        </Paper>
      </Stack>
    </>
  );
}
