import { Anchor, Button } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listSubjects } from '#app/domain/organisation/program-queries.server.ts';
import { readListFilter } from '#app/domain/people/list-filter.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RecordList } from '#app/ui/record-list.tsx';

export const meta: MetaFunction = () => [{ title: 'Subjects · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const filter = readListFilter(new URL(args.request.url).searchParams);
  return { filter, page: await listSubjects(args.context.db, filter), mayWrite: can(user, 'program.write') };
}

const add = { to: '/office/subjects/new', label: 'Add a subject' };

export default function Subjects() {
  const { filter, page, mayWrite } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Subjects"
        back={{ to: '/office/programs', label: 'Programs' }}
        actions={
          mayWrite ? (
            <Button component={Link} to={add.to}>
              {add.label}
            </Button>
          ) : undefined
        }
      />
      <RecordList
        page={page}
        filter={filter}
        path="/office/subjects"
        many="subjects"
        searchLabel="Search subjects by name"
        empty={{
          title: 'No subjects yet',
          text: 'What is taught: Mathematics, Piano, Irish. Tutors teach subjects at levels, and every session has one.',
          action: mayWrite ? add : undefined,
        }}
        columns={[
          {
            key: 'name',
            header: 'Name',
            primary: true,
            cell: (row) => (
              <Anchor component={Link} to={`/office/subjects/${row.id}`} size="sm" fw={500}>
                {row.name}
              </Anchor>
            ),
          },
          { key: 'tutors', header: 'Tutors who teach it', align: 'right', cell: (row) => row.tutors },
          { key: 'ref', header: 'Reference', cell: (row) => row.ref, wideOnly: true },
        ]}
      />
    </>
  );
}
