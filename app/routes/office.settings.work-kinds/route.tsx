import { Anchor, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { archiveWorkKind, saveWorkKind } from '#app/domain/payroll/save-work-kind.server.ts';
import { listWorkKinds } from '#app/domain/payroll/time-sheet-queries.server.ts';
import { workKindSchema } from '#app/domain/payroll/work-kind.schema.ts';
import { answerOf } from '#app/ui/answer-of.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues, recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

export const meta: MetaFunction = () => [{ title: 'Kinds of work · Lectern' }];

const PATH = '/office/settings/work-kinds';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'pay.manage');
  const { db } = args.context;
  const { currency } = await getOrganisation(db);
  const kinds = await listWorkKinds(db);
  const asked = new URL(args.request.url).searchParams.get('edit');
  const editing = kinds.find((kind) => kind.id === asked);
  const amount = editing?.amountPerHour ?? null;
  return {
    kinds,
    currency,
    editing: editing
      ? {
          id: editing.id,
          version: editing.version,
          name: editing.name,
          amount: amount === null ? '' : formatDecimal(amount, currencyDigits(currency)),
        }
      : null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'pay.manage');
  const { context, request } = args;
  const form = await request.formData();
  const actor = actorOf(user, context);
  const text = (name: string) => String(form.get(name) ?? '');
  try {
    if (isId(text('archive')) || isId(text('restore'))) {
      const id = text('archive') || text('restore');
      await archiveWorkKind(context.db, context, actor, { id, archived: text('archive') !== '' });
      return redirect(PATH);
    }
    const { currency } = await getOrganisation(context.db);
    const read = readRecord(workKindSchema(currencyDigits(currency)), form);
    if (!read.ok) return refusedForm(read.answer);
    const id = text('id');
    await saveWorkKind(context.db, context, actor, {
      ...read.value,
      ...(isId(id) ? { id, version: Number(text('version')) || 0 } : {}),
    });
  } catch (error) {
    return refusedRecord(error, form);
  }
  return redirect(PATH);
}

export default function WorkKinds() {
  const { kinds, currency, editing } = useLoaderData<typeof loader>();
  const { answer } = answerOf(useActionData<typeof action>());
  const form = useFocusFirstError(answer);
  const { field } = recordFields(asFormValues({ name: editing?.name, amountPerHour: editing?.amount }), answer);
  return (
    <>
      <PageHeader
        title="Kinds of work"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="Work of tutors that is not teaching and is paid by the hour, such as staff meetings and marking. Tutors write it on their time sheets."
      />
      <Stack gap="xl" maw={820}>
        <Paper withBorder p="md">
          <Form method="post" ref={form} noValidate key={editing?.id ?? `new ${kinds.length}`}>
            {editing ? (
              <>
                <input type="hidden" name="id" value={editing.id} />
                <input type="hidden" name="version" value={editing.version} />
              </>
            ) : null}
            <Stack gap="sm">
              <Title order={2}>{editing ? `Change ${editing.name}` : 'Add a kind of work'}</Title>
              <ErrorSummary
                message={answer?.message}
                errors={answer?.errors}
                labels={{ name: 'Name', amountPerHour: 'An hour' }}
              />
              <Group gap="sm" align="flex-start">
                <TextInput {...field('name')} label="Name" maxLength={80} autoComplete="off" />
                <TextInput
                  {...field('amountPerHour')}
                  label={`An hour is paid (${currency})`}
                  description="Empty: said when it is approved"
                  inputMode="decimal"
                />
              </Group>
              <Group gap="sm">
                <SubmitButton>{editing ? 'Save' : 'Add'}</SubmitButton>
                {editing ? <Link to={PATH}>Cancel</Link> : null}
              </Group>
            </Stack>
          </Form>
        </Paper>
        {kinds.length === 0 ? (
          <Text c="dimmed">No kinds of work yet: tutors are paid for their sessions alone.</Text>
        ) : (
          <DataTable
            caption="Kinds of work"
            rows={kinds}
            rowKey={(kind) => kind.id}
            columns={[
              {
                key: 'name',
                header: 'Name',
                primary: true,
                cell: (kind) => (
                  <Group gap="xs">
                    <Anchor component={Link} to={`${PATH}?edit=${kind.id}`} size="sm" fw={500}>
                      {kind.name}
                    </Anchor>
                    {kind.archivedAt ? <StatusBadge label="Archived" tone="quiet" /> : null}
                  </Group>
                ),
              },
              {
                key: 'amount',
                header: 'An hour',
                align: 'right',
                cell: (kind) => (kind.amountPerHour === null ? 'At approval' : <Money value={kind.amountPerHour} />),
              },
              { key: 'entries', header: 'Entries', align: 'right', cell: (kind) => kind.entries },
              {
                key: 'archive',
                header: '',
                cell: (kind) => (
                  <Form method="post">
                    <SubmitButton
                      name={kind.archivedAt ? 'restore' : 'archive'}
                      value={kind.id}
                      variant="subtle"
                      size="compact-sm"
                      aria-label={`${kind.archivedAt ? 'Bring back' : 'Archive'} ${kind.name}`}
                    >
                      {kind.archivedAt ? 'Bring back' : 'Archive'}
                    </SubmitButton>
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
