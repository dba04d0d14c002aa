import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { timeSheetEntrySchema } from '#app/domain/payroll/time-sheet.schema.ts';
import { listTimeSheets, listWorkKinds } from '#app/domain/payroll/time-sheet-queries.server.ts';
import { removeTimeSheet, writeTimeSheet } from '#app/domain/payroll/write-time-sheet.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TimeSheetFields, timeSheetLabels } from '../money-pages/time-sheet-form.tsx';
import { TimeSheetState } from '../money-pages/time-sheet-state.tsx';

const HELP = {
  text: 'Work for the company that is not teaching. What the office approves comes into your next pay.',
  about: 'tutor/pay',
} as const;

export const meta: MetaFunction = () => [{ title: 'Time sheet · Lectern' }];

async function tutorOf(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const user = await authorize(args, 'tutor.enter');
  if (user.tutorId === null) return { user, tutorId: null };
  await authorize(args, 'time-sheet.write', { type: 'tutor', tutorId: user.tutorId });
  return { user, tutorId: user.tutorId };
}

export async function loader(args: LoaderFunctionArgs) {
  const { tutorId } = await tutorOf(args);
  const { db, clock } = args.context;
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  const entries = tutorId === null ? [] : await listTimeSheets(db, { tutorId });
  const asked = new URL(args.request.url).searchParams.get('edit');
  const kinds = (await listWorkKinds(db)).filter((kind) => kind.archivedAt === null);
  return {
    today,
    entries,
    editing: entries.find((entry) => entry.id === asked && entry.status !== 'approved') ?? null,
    kinds: tutorId === null ? [] : kinds.map(({ id, name }) => ({ id, name })),
    newId: crypto.randomUUID(),
  };
}

/** Writes an entry down, changes one, or takes one away that is not approved. */
export async function action(args: ActionFunctionArgs) {
  const { user, tutorId } = await tutorOf(args);
  if (tutorId === null) throw notFound();
  const { context, request } = args;
  const form = await request.formData();
  const actor = actorOf(user, context);
  const id = String(form.get('id') ?? '');
  try {
    if (form.get('intent') === 'remove') {
      if (isId(id)) await removeTimeSheet(context.db, context, actor, { id, tutorId });
      return redirect('/tutor/time-sheet');
    }
    const read = readRecord(timeSheetEntrySchema, form);
    if (!read.ok) return refusedForm(read.answer);
    await writeTimeSheet(context.db, context, actor, { ...read.value, id: isId(id) ? id : crypto.randomUUID(), tutorId });
  } catch (error) {
    return refusedRecord(error, form);
  }
  return redirect('/tutor/time-sheet');
}

export default function TimeSheet() {
  const { today, entries, editing, kinds, newId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const initial = asFormValues(
    editing
      ? { localDate: editing.localDate, workKindId: editing.workKindId, minutes: editing.minutes, note: editing.note }
      : { localDate: today, workKindId: kinds[0]?.id, minutes: '', note: '' },
  );
  return (
    <>
      <PageHeader
        help={HELP}
        title="Time sheet"
        description="Work beside your sessions: meetings, marking, travel you are paid for. The office approves it, then it is on your pay."
        back={{ to: '/tutor/pay', label: 'Pay' }}
      />
      <Stack gap="xl">
        {kinds.length === 0 ? (
          <EmptyState title="No work beside sessions" text="The office has not said yet which other work is paid. Ask them." />
        ) : (
          <Paper withBorder p="md" maw={760}>
            <Form method="post" ref={form} noValidate key={editing?.id ?? newId}>
              <input type="hidden" name="id" value={editing?.id ?? newId} />
              <Stack gap="sm">
                <Title order={2}>{editing ? 'Change the entry' : 'Add work'}</Title>
                {editing?.sentBackReason ? (
                  <Text size="sm" fw={500}>
                    Sent back: {editing.sentBackReason}
                  </Text>
                ) : null}
                <ErrorSummary message={answer?.message} errors={answer?.errors} labels={timeSheetLabels} />
                <TimeSheetFields initial={initial} answer={answer} kinds={kinds} />
                <Group gap="sm">
                  <SubmitButton>{editing ? 'Hand in again' : 'Hand in'}</SubmitButton>
                  {editing ? <Link to="/tutor/time-sheet">Leave it</Link> : null}
                </Group>
              </Stack>
            </Form>
          </Paper>
        )}
        {entries.length === 0 ? null : (
          <DataTable
            caption="Your time sheet"
            rows={entries}
            rowKey={(entry) => entry.id}
            columns={[
              { key: 'what', header: 'What', primary: true, cell: (entry) => entry.kind },
              { key: 'day', header: 'Day', cell: (entry) => <LocalDate value={entry.localDate} /> },
              { key: 'minutes', header: 'Minutes', align: 'right', cell: (entry) => entry.minutes },
              { key: 'note', header: 'Note', cell: (entry) => entry.sentBackReason || entry.note || '–' },
              { key: 'amount', header: 'Pay', align: 'right', cell: (entry) => <Money value={entry.amount} /> },
              { key: 'state', header: 'State', cell: (entry) => <TimeSheetState entry={entry} /> },
              {
                key: 'do',
                header: '',
                cell: (entry) =>
                  entry.status === 'approved' ? null : (
                    <Form method="post">
                      <input type="hidden" name="id" value={entry.id} />
                      <Group gap="xs">
                        <Anchor component={Link} to={`/tutor/time-sheet?edit=${entry.id}`} size="sm">
                          Change
                        </Anchor>
                        <SubmitButton name="intent" value="remove" variant="subtle" size="compact-sm">
                          Take away
                        </SubmitButton>
                      </Group>
                    </Form>
                  ),
              },
            ]}
          />
        )}
      </Stack>
    </>
  );
}
