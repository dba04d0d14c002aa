import { Anchor, Button, Group, Text } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { type Invitable, listInvitable } from '#app/domain/people/invitation-queries.server.ts';
import { invitePerson } from '#app/domain/people/invite-person.server.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { doToEach, readBulkForm } from '../record-forms/bulk-action.server.ts';
import { BulkForm, ChooseBox } from '../record-forms/bulk-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Invitations · Lectern' }];

const KINDS = ['tutor', 'client', 'student'] as const;
type Kind = (typeof KINDS)[number];
const WORDS: Record<Kind, { many: string; path: string }> = {
  tutor: { many: 'tutors', path: '/office/tutors' },
  client: { many: 'clients', path: '/office/clients' },
  student: { many: 'students', path: '/office/students' },
};

const kindOf = (request: Request): Kind => {
  const asked = new URL(request.url).searchParams.get('of');
  return KINDS.find((kind) => kind === asked) ?? 'tutor';
};

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'users.manage');
  const kind = kindOf(args.request);
  return { kind, ...(await listInvitable(args.context.db, kind)) };
}

/** One after the other, each by itself: who can't be invited holds up nobody. */
export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'users.manage');
  const { context, request } = args;
  const kind = kindOf(request);
  const { ids, to } = readBulkForm(await request.formData());
  if (to !== 'invite') return { message: 'Choose what to do with them.' };
  if (ids.length === 0) return { message: 'Tick at least one of them.' };
  const { rows } = await listInvitable(context.db, kind);
  const names = new Map(rows.map((row) => [row.id, row.name]));
  // Who has accepted meanwhile, or was invited by the same click before, is not in the list any more or named below.
  return doToEach(ids, 'invited', names, (id) => invitePerson(context.db, context, actorOf(user, context), { type: kind, id }));
}

export default function Invitations() {
  const { kind, rows, more } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const { many, path } = WORDS[kind];
  return (
    <>
      <PageHeader
        title="Invitations"
        back={{ to: path, label: many[0]?.toUpperCase() + many.slice(1) }}
        description="Who doesn’t sign in yet. An invitation is a mail with a link to choose a password; a new one ends the one before."
      />
      <Group gap="xs" mb="md" component="nav" aria-label="Whose invitations">
        {KINDS.map((one) => (
          <Button
            key={one}
            component={Link}
            to={`/office/invitations?of=${one}`}
            variant={one === kind ? 'light' : 'subtle'}
            size="compact-md"
            aria-current={one === kind ? 'page' : undefined}
          >
            {WORDS[one].many[0]?.toUpperCase()}
            {WORDS[one].many.slice(1)}
          </Button>
        ))}
      </Group>
      <BulkForm
        key={`${kind} ${rows.map((row) => `${row.id}${row.invitedAt ? 1 : 0}`).join()}`}
        many={many}
        path={path}
        rows={rows.filter((row) => row.email).length}
        choices={[{ group: 'Invitation', items: [{ value: 'invite', label: 'Send an invitation' }] }]}
        tags={[]}
        told={told}
      >
        {rows.length === 0 ? (
          <EmptyState title="Everybody signs in" text={`All ${many} have accepted their invitation.`} />
        ) : (
          <DataTable caption={`${many} who don’t sign in yet`} columns={columns(path)} rows={rows} rowKey={(row) => row.id} />
        )}
      </BulkForm>
      {more ? (
        <Text size="sm" c="dimmed" mt="sm">
          There are more. They come up when these have accepted.
        </Text>
      ) : null}
    </>
  );
}

const columns = (path: string): Column<Invitable>[] => [
  {
    key: 'choose',
    header: 'Choose',
    cell: (row) => (row.email ? <ChooseBox id={row.id} name={row.name} /> : null),
  },
  {
    key: 'name',
    header: 'Name',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} to={`${path}/${row.id}`} size="sm" fw={500}>
        {row.name}
      </Anchor>
    ),
  },
  {
    key: 'email',
    header: 'E-mail',
    cell: (row) => (
      <>
        {row.email ?? 'None yet'}
        {row.shared ? (
          <Text size="xs" c="dimmed">
            Somebody signs in with it already
          </Text>
        ) : null}
      </>
    ),
  },
  { key: 'invited', header: 'Invited', cell: (row) => (row.invitedAt ? <DateTime value={row.invitedAt} /> : 'Never') },
  { key: 'ref', header: 'Reference', cell: (row) => row.ref, wideOnly: true },
];
