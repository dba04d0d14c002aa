import { Alert, Button, Checkbox, Group, List, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { archiveIdle } from '#app/domain/clean-up/archive-idle.server.ts';
import { IDLE_KINDS, type IdleKind, listIdle } from '#app/domain/clean-up/idle-queries.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { isLocalDate, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

export const meta: MetaFunction = () => [{ title: 'Clean up · Lectern' }];

/** So many at once: a page that is still read before it is sent. */
const MOST = 500;

/** Of whom, and since when: a year ago, until something else is said. */
async function askedFor({ request, context }: Pick<LoaderFunctionArgs, 'request' | 'context'>) {
  const params = new URL(request.url).searchParams;
  const { timezone } = await getOrganisation(context.db);
  const today = localDateOf(context.clock(), timezone);
  const said = params.get('since') ?? '';
  const since =
    isLocalDate(said) && said <= today ? said : `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`.replace('-02-29', '-02-28');
  const kind: IdleKind = IDLE_KINDS.find((one) => one === params.get('kind')) ?? 'family';
  return { kind, since, today };
}

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'people.write');
  const { kind, since, today } = await askedFor(args);
  const idle = await listIdle(args.context.db, kind, since);
  return { kind, since, today, total: idle.length, idle: idle.slice(0, MOST) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'people.write');
  const { kind, since } = await askedFor(args);
  const ids = (await args.request.formData()).getAll('id').filter(isId).slice(0, MOST);
  if (ids.length === 0) return data({ archived: 0, left: [], message: 'Choose whom to archive.' }, { status: 400 });
  const done = await archiveIdle(args.context.db, args.context, actorOf(user, args.context), { kind, since, ids });
  return { ...done, message: null };
}

const words = { family: ['family', 'families'], tutor: ['tutor', 'tutors'] } as const;
const count = (kind: IdleKind, n: number) => `${n} ${words[kind][n === 1 ? 0 : 1]}`;

export default function CleanUp() {
  const { kind, since, today, idle, total } = useLoaderData<typeof loader>();
  const done = useActionData<typeof action>();
  const path = kind === 'tutor' ? '/office/tutors' : '/office/clients';
  return (
    <>
      <PageHeader
        title="Clean up"
        description="Whoever has had no session for long goes to the archive: out of every list to choose from, with all of their past. Each can be brought back."
      />
      <Form method="get">
        <Group align="flex-end" mb="md">
          <NativeSelect
            name="kind"
            label="Whom"
            defaultValue={kind}
            data={[
              { value: 'family', label: 'Families' },
              { value: 'tutor', label: 'Tutors' },
            ]}
          />
          <TextInput type="date" name="since" label="No session since" defaultValue={since} max={today} />
          <Button type="submit" variant="default">
            Show
          </Button>
        </Group>
      </Form>
      {done?.message ? <Alert color="red" variant="light" role="alert" mb="md" title={done.message} /> : null}
      {done && !done.message ? (
        <Alert color="green" variant="light" role="status" mb="md" title={`${count(kind, done.archived)} archived.`}>
          {done.left.length > 0 ? (
            <List size="sm">
              {done.left.map((one) => (
                <List.Item key={one.id}>
                  {one.name} stays: {one.reason}
                </List.Item>
              ))}
            </List>
          ) : null}
        </Alert>
      ) : null}
      {idle.length === 0 ? (
        <EmptyState
          title="Nobody is idle"
          text={`Every active ${words[kind][0]} had a session since then, has one ahead, or is new.`}
        />
      ) : (
        <Form method="post">
          <Stack gap="sm">
            <Text size="sm">
              {count(kind, total)} without a session since then{total > idle.length ? `, the first ${idle.length} of them` : ''}.
              Nothing is planned with them, asked for or owed.
            </Text>
            <DataTable
              caption={`Idle ${words[kind][1]}`}
              rows={idle}
              rowKey={(row) => row.id}
              columns={[
                {
                  key: 'name',
                  header: 'Name',
                  primary: true,
                  cell: (row) => <Checkbox name="id" value={row.id} defaultChecked label={row.name} />,
                },
                { key: 'last', header: 'Last session', cell: (row) => row.lastOn ?? 'Never' },
                ...(kind === 'family'
                  ? [
                      {
                        key: 'students',
                        header: 'Students',
                        cell: (row: { students: number }) => row.students,
                        align: 'right' as const,
                      },
                    ]
                  : []),
                {
                  key: 'open',
                  header: 'Page',
                  wideOnly: true,
                  cell: (row) => (
                    <Link to={`${path}/${row.id}`} aria-label={`Open ${row.name}`}>
                      {row.ref}
                    </Link>
                  ),
                },
              ]}
            />
            <div>
              <SubmitButton>Archive those chosen</SubmitButton>
            </div>
          </Stack>
        </Form>
      )}
    </>
  );
}
