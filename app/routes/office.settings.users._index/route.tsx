import { Alert, Anchor, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { IconUserPlus } from '@tabler/icons-react';
import { authorize } from '#app/auth/authorize.server.ts';
import { isRole, ROLE_NAMES, ROLES } from '#app/auth/roles.ts';
import { listUsers, USERS_PER_PAGE } from '#app/domain/people/user-queries.server.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { UserState } from '#app/ui/user-state.tsx';

export const meta: MetaFunction = () => [{ title: 'Users and roles · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'users.manage');
  const { db, clock } = args.context;
  const { searchParams } = new URL(args.request.url);
  const search = (searchParams.get('search') ?? '').slice(0, 100);
  const asked = searchParams.get('role');
  const role = isRole(asked) ? asked : undefined;
  const page = Math.max(1, Math.trunc(Number(searchParams.get('page'))) || 1);
  const { users, total } = await listUsers(db, clock(), { search, role, page });
  return {
    users,
    total,
    search,
    role: role ?? '',
    page,
    pages: Math.max(1, Math.ceil(total / USERS_PER_PAGE)),
    invited: searchParams.has('invited'),
  };
}

type Row = Awaited<ReturnType<typeof loader>>['users'][number];

const COLUMNS: Column<Row>[] = [
  {
    key: 'name',
    header: 'Name',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} to={row.id} fz="sm" fw={500}>
        {row.name || row.email}
      </Anchor>
    ),
  },
  { key: 'email', header: 'E-mail', cell: (row) => row.email },
  { key: 'roles', header: 'Roles', cell: (row) => row.roles.map((role) => ROLE_NAMES[role]).join(', ') },
  {
    key: 'links',
    header: 'On record as',
    wideOnly: true,
    cell: (row) => row.links.map((link) => `${ROLE_NAMES[link.type]} ${link.name}`).join(', ') || '–',
  },
  { key: 'state', header: 'State', cell: (row) => <UserState status={row.status} invitedUntil={row.invitedUntil} /> },
  { key: 'seen', header: 'Last seen', cell: (row) => <DateTime value={row.lastSeenAt} show="date" plain /> },
];

export default function Users() {
  const { users, search, role, invited, ...pages } = useLoaderData<typeof loader>();
  const filtered = search !== '' || role !== '';
  return (
    <Stack gap="md">
      <PageHeader
        title="Users and roles"
        description="Everybody who can sign in: the office, tutors, families."
        back={{ to: '/office/settings', label: 'Settings' }}
        actions={
          <Button component={Link} to="new" leftSection={<IconUserPlus size={16} aria-hidden />}>
            Invite somebody
          </Button>
        }
      />
      {invited ? <Alert role="status">The invitation is on its way.</Alert> : null}
      <Form method="get" role="search">
        <Group align="flex-end" gap="sm">
          <TextInput label="Name or address" name="search" type="search" defaultValue={search} key={`s-${search}`} />
          <NativeSelect
            label="Role"
            name="role"
            key={`r-${role}`}
            defaultValue={role}
            data={[{ value: '', label: 'All roles' }, ...ROLES.map((one) => ({ value: one, label: ROLE_NAMES[one] }))]}
          />
          <Button type="submit" variant="default">
            Show
          </Button>
        </Group>
      </Form>
      {users.length === 0 ? (
        <EmptyState
          title={filtered ? 'Nobody fits' : 'Nobody here yet'}
          text={filtered ? 'Nobody with this name or role can sign in.' : 'Invite those who work and learn with you.'}
          action={filtered ? { to: '.', label: 'Show all' } : { to: 'new', label: 'Invite somebody' }}
        />
      ) : (
        <DataTable caption="Users" columns={COLUMNS} rows={users} rowKey={(row) => row.id} />
      )}
      <Pages {...pages} search={search} role={role} />
    </Stack>
  );
}

function Pages(props: { page: number; pages: number; total: number; search: string; role: string }) {
  const { page, pages, total, search, role } = props;
  if (pages === 1) return null;
  const at = (n: number) => `?${new URLSearchParams({ search, role, page: String(n) })}`;
  return (
    <Group component="nav" aria-label="More users" gap="md">
      {page > 1 ? (
        <Anchor component={Link} to={at(page - 1)} size="sm">
          Before
        </Anchor>
      ) : null}
      <Text size="sm" c="dimmed">
        Page {page} of {pages}, {total} users
      </Text>
      {page < pages ? (
        <Anchor component={Link} to={at(page + 1)} size="sm">
          Next
        </Anchor>
      ) : null}
    </Group>
  );
}
