import { randomUUID } from 'node:crypto';
import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listProgramChoices } from '#app/domain/organisation/program-queries.server.ts';
import { listClosures, listClosureYears } from '#app/domain/scheduling/closure-queries.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { answerOf } from '#app/ui/answer-of.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import styles from '../availability-pages/cards.module.css';
import { daysName } from '../availability-pages/local-days.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { actOnClosures } from './act-on-closures.server.ts';
import { FileForm } from './file-form.tsx';
import { FilePreviewForm } from './file-preview.tsx';

export const meta: MetaFunction = () => [{ title: 'Closures · Lectern' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'organisation.manage');
  const { organisation, reader } = await readerFor(user, context);
  const params = new URL(request.url).searchParams;
  const today = localDateOf(reader.now, organisation.timezone);
  const thisYear = Number(today.slice(0, 4));
  const asked = params.get('year') ?? '';
  const year = /^(19|20|21)\d\d$/.test(asked) ? Number(asked) : thisYear;
  const [closures, years, programs] = await Promise.all([
    listClosures(context.db, { from: `${year}-01-01`, to: `${year + 1}-01-01` }),
    listClosureYears(context.db),
    listProgramChoices(context.db),
  ]);
  return {
    formId: randomUUID(),
    today,
    year,
    years: [...new Set([...years, year, thisYear, thisYear + 1])].sort(),
    importTo: addDays(`${thisYear + 2}-01-01`, -1),
    closures: closures.map((row) => ({ ...row, days: daysName(row.startsOn, row.endsOn, reader.locale) })),
    any: years.length > 0,
    programs,
    added: params.has('added'),
    imported: params.get('imported'),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'organisation.manage');
  const { reader } = await readerFor(user, context);
  return actOnClosures({ context, actor: actorOf(user, context), locale: reader.locale }, await request.formData());
}

export default function Closures() {
  const page = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const file = answered && 'preview' in answered ? answered : undefined;
  const { answer } = answerOf(answered && 'errors' in answered ? answered : undefined);
  if (file?.preview)
    return (
      <>
        <PageHeader title="What is in the file" back={{ to: '/office/settings/closures', label: 'Closures' }} />
        <FilePreviewForm preview={file.preview} />
      </>
    );
  return (
    <>
      <PageHeader
        title="Closures"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="Days on which the company, or one program of it, is closed: nobody but the office books them. What is booked already stays."
      />
      <Done page={page} />
      <div className={`${styles.columns} ${styles.listFirst}`}>
        <Stack gap="lg">
          <AddForm key={page.formId} page={page} answer={answer} />
          <FileForm
            key={`file ${page.formId}`}
            answer={file}
            programs={page.programs}
            range={{ from: page.today, to: page.importTo }}
          />
        </Stack>
        <List page={page} />
      </div>
    </>
  );
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

function Done({ page }: { page: Page }) {
  const count = Number(page.imported);
  const text = page.added
    ? 'The closure is saved.'
    : page.imported === null
      ? null
      : count === 0
        ? 'Nothing new: these days are closures already.'
        : `${count === 1 ? 'One day is' : `${count} days are`} taken over.`;
  return text ? <Alert color="green" variant="light" mb="md" role="status" title={text} /> : null;
}

function AddForm({ page, answer }: { page: Page; answer: RecordAnswer | undefined }) {
  const form = useFocusFirstError(answer);
  const { field } = recordFields({}, answer);
  const labels = { name: 'Name', startsOn: 'First day', endsOn: 'Last day', programId: 'Who is closed' };
  return (
    <Panel title="Add a closure">
      <Form method="post" ref={form} noValidate>
        <input type="hidden" name="id" value={page.formId} />
        <Stack gap="sm">
          <ErrorSummary message={answer?.message} errors={answer?.errors} labels={labels} />
          <TextInput {...field('name')} label={labels.name} placeholder="Christmas" required />
          <div className={styles.fields}>
            <TextInput {...field('startsOn')} type="date" label={labels.startsOn} required />
            <TextInput {...field('endsOn')} type="date" label={labels.endsOn} />
          </div>
          <ProgramSelect field={field('programId')} programs={page.programs} label={labels.programId} />
          <div>
            <SubmitButton name="intent" value="add">
              Add closure
            </SubmitButton>
          </div>
        </Stack>
      </Form>
    </Panel>
  );
}

function ProgramSelect({
  field,
  programs,
  label,
}: {
  field: ReturnType<ReturnType<typeof recordFields>['field']>;
  programs: Page['programs'];
  label: string;
}) {
  return (
    <NativeSelect
      {...field}
      label={label}
      data={[
        { value: '', label: 'The whole company' },
        ...programs.map(({ id, name }) => ({ value: id, label: `${name} only` })),
      ]}
    />
  );
}

function List({ page }: { page: Page }) {
  return (
    <section aria-labelledby="closures">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="closures">
          {page.year}
        </Title>
        <Group gap={4} component="nav" aria-label="Years">
          {page.years.map((year) => (
            <Button
              key={year}
              component={Link}
              to={`?year=${year}`}
              variant={year === page.year ? 'light' : 'subtle'}
              size="compact-sm"
              aria-current={year === page.year ? 'page' : undefined}
            >
              {year}
            </Button>
          ))}
        </Group>
      </Group>
      {page.closures.length === 0 ? (
        page.any ? (
          <Text c="dimmed">No closures in {page.year}.</Text>
        ) : (
          <EmptyState
            title="Never closed so far"
            text="Add school holidays and your own, or take the public holidays from a calendar file. Open series leave these days out."
          />
        )
      ) : (
        <DataTable
          caption={`Closures in ${page.year}`}
          rows={page.closures}
          rowKey={(row) => row.id}
          columns={[
            { key: 'name', header: 'Name', primary: true, cell: (row) => row.name },
            { key: 'days', header: 'Days', cell: (row) => row.days },
            { key: 'program', header: 'Who is closed', cell: (row) => row.programName ?? 'The company' },
            {
              key: 'sessions',
              header: 'Still planned',
              align: 'right',
              cell: (row) => (row.sessionCount === 0 ? '–' : <Link to={sessionsOn(row)}>{`${row.sessionCount} planned`}</Link>),
            },
            {
              key: 'remove',
              header: '',
              align: 'right',
              cell: (row) => (
                <Form method="post">
                  <input type="hidden" name="id" value={row.id} />
                  <input type="hidden" name="year" value={page.year} />
                  <SubmitButton
                    name="intent"
                    value="remove"
                    variant="subtle"
                    color="gray"
                    size="compact-xs"
                    aria-label={`Remove ${row.name}, ${row.days}`}
                  >
                    Remove
                  </SubmitButton>
                </Form>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}

const sessionsOn = (row: Page['closures'][number]) =>
  `/office/sessions?${new URLSearchParams({ from: row.startsOn, to: row.endsOn, status: 'scheduled' })}`;
