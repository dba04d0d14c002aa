import { Anchor, Button, Group, NativeSelect, Stack, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { approveTimeSheets, sendBackTimeSheet } from '#app/domain/payroll/decide-time-sheets.server.ts';
import { timeSheetEntrySchema } from '#app/domain/payroll/time-sheet.schema.ts';
import { listTimeSheets, listWorkKinds } from '#app/domain/payroll/time-sheet-queries.server.ts';
import { writeTimeSheet } from '#app/domain/payroll/write-time-sheet.server.ts';
import { listTutorChoices } from '#app/domain/people/choice-queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { answerOf } from '#app/ui/answer-of.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues, recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { moneyOf, textOf } from '../money-pages/refusal.server.ts';
import { TimeSheetFields, timeSheetLabels } from '../money-pages/time-sheet-form.tsx';
import { TimeSheetState } from '../money-pages/time-sheet-state.tsx';
import { wayBack } from '../money-pages/way-back.ts';
import { Waiting } from './waiting.tsx';

const HELP = {
  text: 'Work that is not teaching, as tutors wrote it down. What you approve comes into the next pay run.',
  about: 'office/pay',
} as const;

export const meta: MetaFunction = () => [{ title: 'Time sheets · Lectern' }];

/** Opened by itself there is nothing to go back to. */
const NOWHERE = { to: '', label: '' };

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'pay.manage');
  const { db, clock } = args.context;
  const { timezone, currency } = await getOrganisation(db);
  const [waiting, decided, kinds, tutors] = await Promise.all([
    listTimeSheets(db, { statuses: ['submitted'], limit: 500 }),
    listTimeSheets(db, { statuses: ['approved', 'sent_back'], limit: 100 }),
    listWorkKinds(db),
    listTutorChoices(db),
  ]);
  return {
    back: wayBack(args.request, NOWHERE),
    waiting,
    decided,
    kinds: kinds.filter((kind) => kind.archivedAt === null).map(({ id, name }) => ({ id, name })),
    tutors: tutors.map(({ id, name }) => ({ id, name })),
    currency,
    today: localDateOf(clock(), timezone),
    newId: crypto.randomUUID(),
  };
}

/** Approves entries, sends one back, or writes one down for a tutor. */
export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'pay.manage');
  const { context, request } = args;
  const form = await request.formData();
  const actor = actorOf(user, context);
  const sendBack = textOf(form, 'send-back');
  const intent = textOf(form, 'intent');
  try {
    if (isId(sendBack)) {
      await sendBackTimeSheet(context.db, context, actor, { id: sendBack, reason: textOf(form, `reason.${sendBack}`) });
    } else if (intent === 'add') {
      const tutorId = textOf(form, 'tutorId');
      const read = readRecord(timeSheetEntrySchema, form);
      if (!read.ok) return refusedForm(read.answer);
      const id = textOf(form, 'id');
      if (!isId(tutorId) || !isId(id)) return refusedForm({ errors: { tutorId: 'Choose a tutor' }, values: {} });
      await writeTimeSheet(context.db, context, actor, { ...read.value, id, tutorId });
    } else {
      const digits = currencyDigits((await getOrganisation(context.db)).currency);
      const ids = form.getAll('entry').filter(isId).slice(0, 500);
      await approveTimeSheets(context.db, context, actor, {
        entries: ids.map((id) => ({
          id,
          version: versionOf(form, id),
          amountPerHour: positive(moneyOf(form, `amount.${id}`, digits)),
        })),
      });
    }
  } catch (error) {
    return refusedRecord(error, form);
  }
  const { search } = new URL(request.url);
  return redirect(`/office/time-sheets${search}`);
}

/** What was looked at, so that what its tutor changed meanwhile isn't approved unseen. */
const versionOf = (form: FormData, id: string) => {
  const text = textOf(form, `version.${id}`);
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
};

const positive = (amount: bigint | undefined) => (amount !== undefined && amount >= 0n ? amount : undefined);

export default function TimeSheets() {
  const page = useLoaderData<typeof loader>();
  const { answer } = answerOf(useActionData<typeof action>());
  const form = useFocusFirstError(answer);
  const { field } = recordFields({ tutorId: [''] }, answer);
  return (
    <>
      <PageHeader
        help={HELP}
        title="Time sheets"
        back={page.back.to === '' ? undefined : page.back}
        description="Work of tutors that is not teaching. What you approve is on their pay."
        actions={
          <Button component={Link} to="/office/settings/work-kinds" variant="default">
            Kinds of work
          </Button>
        }
      />
      <Stack gap="xl">
        {page.waiting.length === 0 && page.decided.length === 0 ? (
          <EmptyState
            title="No time sheets yet"
            text="Tutors write down meetings, marking and other work here once you have said which kinds are paid."
            action={page.kinds.length === 0 ? { to: '/office/settings/work-kinds', label: 'Say which work is paid' } : undefined}
          />
        ) : (
          <Waiting entries={page.waiting} currency={page.currency} answer={answer} />
        )}
        {page.kinds.length === 0 ? null : (
          <section aria-labelledby="add">
            <Title order={2} id="add" mb="xs">
              Add for a tutor
            </Title>
            <Form method="post" ref={form} noValidate key={page.newId}>
              <input type="hidden" name="intent" value="add" />
              <input type="hidden" name="id" value={page.newId} />
              <Stack gap="sm">
                <ErrorSummary
                  message={answer?.values.intent ? answer.message : undefined}
                  errors={answer?.errors}
                  labels={timeSheetLabels}
                />
                <TimeSheetFields
                  initial={asFormValues({ localDate: page.today, workKindId: page.kinds[0]?.id, minutes: '', note: '' })}
                  answer={answer}
                  kinds={page.kinds}
                  whose={
                    <NativeSelect
                      {...field('tutorId')}
                      label="Tutor"
                      maw={320}
                      data={[{ value: '', label: 'Choose a tutor' }, ...page.tutors.map((t) => ({ value: t.id, label: t.name }))]}
                    />
                  }
                />
                <Group>
                  <SubmitButton variant="default">Add</SubmitButton>
                </Group>
              </Stack>
            </Form>
          </section>
        )}
        {page.decided.length === 0 ? null : (
          <section aria-labelledby="decided">
            <Title order={2} id="decided" mb="xs">
              Decided
            </Title>
            <DataTable
              caption="Entries that were decided"
              rows={page.decided}
              rowKey={(entry) => entry.id}
              columns={[
                { key: 'tutor', header: 'Tutor', primary: true, cell: (entry) => entry.tutorName },
                { key: 'day', header: 'Day', cell: (entry) => <LocalDate value={entry.localDate} /> },
                { key: 'what', header: 'What', cell: (entry) => entry.kind },
                { key: 'minutes', header: 'Minutes', align: 'right', cell: (entry) => entry.minutes },
                {
                  key: 'rate',
                  header: 'An hour',
                  align: 'right',
                  cell: (entry) => <Money value={entry.amountPerHour} />,
                  wideOnly: true,
                },
                { key: 'amount', header: 'Pay', align: 'right', cell: (entry) => <Money value={entry.amount} /> },
                {
                  key: 'state',
                  header: 'State',
                  cell: (entry) =>
                    entry.runId ? (
                      <Anchor component={Link} to={`/office/pay-runs/${entry.runId}`} size="sm">
                        In a pay run
                      </Anchor>
                    ) : (
                      <TimeSheetState entry={entry} />
                    ),
                },
                {
                  key: 'back',
                  header: '',
                  cell: (entry) =>
                    entry.status === 'approved' && !entry.runId ? (
                      <Form method="post">
                        <Group gap="xs" wrap="nowrap">
                          <TextInput
                            name={`reason.${entry.id}`}
                            size="xs"
                            placeholder="Reason"
                            aria-label={`Reason, ${entry.kind} of ${entry.tutorName}`}
                          />
                          <SubmitButton name="send-back" value={entry.id} variant="subtle" size="compact-sm">
                            Send back
                          </SubmitButton>
                        </Group>
                      </Form>
                    ) : null,
                },
              ]}
            />
          </section>
        )}
      </Stack>
    </>
  );
}
