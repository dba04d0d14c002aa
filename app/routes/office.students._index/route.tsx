import { Anchor, Button } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { readListFilter } from '#app/domain/people/list-filter.ts';
import { listStudents } from '#app/domain/people/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RecordList } from '#app/ui/record-list.tsx';
import { signsInWords } from '../record-forms/sign-in-panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Students · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'people.read');
  const filter = readListFilter(new URL(args.request.url).searchParams);
  return { filter, page: await listStudents(args.context.db, filter) };
}

const add = { to: '/office/students/new', label: 'Add a student' };

export default function Students() {
  const { filter, page } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Students"
        actions={
          <Button component={Link} to={add.to}>
            {add.label}
          </Button>
        }
      />
      <RecordList
        page={page}
        filter={filter}
        path="/office/students"
        many="students"
        searchLabel="Search students by name or client"
        empty={{
          title: 'No students yet',
          text: 'Everybody who learns stands here, each under the client who pays. Add the client first.',
          action: add,
        }}
        columns={[
          {
            key: 'name',
            header: 'Name',
            primary: true,
            cell: (row) => (
              <Anchor component={Link} to={`/office/students/${row.id}`} size="sm" fw={500}>
                {row.name}
              </Anchor>
            ),
          },
          {
            key: 'client',
            header: 'Client',
            cell: (row) => (
              <Anchor component={Link} to={`/office/clients/${row.clientId}`} size="sm">
                {row.clientName}
              </Anchor>
            ),
          },
          { key: 'grade', header: 'Grade', cell: (row) => row.grade || '–' },
          { key: 'email', header: 'E-mail', cell: (row) => row.email ?? '–', wideOnly: true },
          { key: 'signsIn', header: 'Signs in', cell: (row) => signsInWords[row.signsIn] },
          { key: 'ref', header: 'Reference', cell: (row) => row.ref, wideOnly: true },
        ]}
      />
    </>
  );
}
