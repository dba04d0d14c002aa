import { Anchor, Button } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { readListFilter } from '#app/domain/people/list-filter.ts';
import { listTutors } from '#app/domain/people/queries.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RecordList } from '#app/ui/record-list.tsx';
import { signsInWords } from '../record-forms/sign-in-panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Tutors · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'people.read');
  const filter = readListFilter(new URL(args.request.url).searchParams);
  return { filter, page: await listTutors(args.context.db, filter) };
}

const add = { to: '/office/tutors/new', label: 'Add a tutor' };

export default function Tutors() {
  const { filter, page } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Tutors"
        actions={
          <Button component={Link} to={add.to}>
            {add.label}
          </Button>
        }
      />
      <RecordList
        page={page}
        filter={filter}
        path="/office/tutors"
        many="tutors"
        searchLabel="Search tutors by name or e-mail"
        empty={{
          title: 'No tutors yet',
          text: 'Everybody who teaches stands here, with what they teach and when they are taken.',
          action: add,
        }}
        columns={[
          {
            key: 'name',
            header: 'Name',
            primary: true,
            cell: (row) => (
              <Anchor component={Link} to={`/office/tutors/${row.id}`} size="sm" fw={500}>
                {row.name}
              </Anchor>
            ),
          },
          { key: 'subjects', header: 'Subjects', cell: (row) => row.subjects.join(', ') || '–' },
          { key: 'email', header: 'E-mail', cell: (row) => row.email ?? '–' },
          {
            key: 'phone',
            header: 'Phone',
            cell: (row) => <span style={{ whiteSpace: 'nowrap' }}>{row.phone ?? '–'}</span>,
            wideOnly: true,
          },
          { key: 'signsIn', header: 'Signs in', cell: (row) => signsInWords[row.signsIn] },
          { key: 'ref', header: 'Reference', cell: (row) => row.ref, wideOnly: true },
        ]}
      />
    </>
  );
}
