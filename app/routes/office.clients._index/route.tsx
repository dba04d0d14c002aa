import { Anchor, Button } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { readListFilter } from '#app/domain/people/list-filter.ts';
import { listClients } from '#app/domain/people/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RecordList } from '#app/ui/record-list.tsx';
import { signsInWords } from '../record-forms/sign-in-panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Clients · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'people.read');
  const filter = readListFilter(new URL(args.request.url).searchParams);
  return { filter, page: await listClients(args.context.db, filter) };
}

const add = { to: '/office/clients/new', label: 'Add a client' };

export default function Clients() {
  const { filter, page } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Clients"
        actions={
          <Button component={Link} to={add.to}>
            {add.label}
          </Button>
        }
      />
      <RecordList
        page={page}
        filter={filter}
        path="/office/clients"
        many="clients"
        searchLabel="Search clients by name, child or e-mail"
        empty={{
          title: 'No clients yet',
          text: 'A client pays: a parent, a school, or an adult who learns. Their students stand under them.',
          action: add,
        }}
        columns={[
          {
            key: 'name',
            header: 'Name',
            primary: true,
            cell: (row) => (
              <Anchor component={Link} to={`/office/clients/${row.id}`} size="sm" fw={500}>
                {row.name}
              </Anchor>
            ),
          },
          { key: 'students', header: 'Students', cell: (row) => row.students.map((student) => student.name).join(', ') || '–' },
          { key: 'email', header: 'E-mail', cell: (row) => row.email ?? '–' },
          {
            key: 'phone',
            header: 'Phone',
            cell: (row) => <span style={{ whiteSpace: 'nowrap' }}>{row.phone ?? '–'}</span>,
            wideOnly: true,
          },
          { key: 'billing', header: 'Billing', cell: (row) => row.billing ?? 'As the organisation' },
          { key: 'signsIn', header: 'Signs in', cell: (row) => signsInWords[row.signsIn] },
          { key: 'ref', header: 'Reference', cell: (row) => row.ref, wideOnly: true },
        ]}
      />
    </>
  );
}
