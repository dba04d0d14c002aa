import { Anchor, Button } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listPrograms } from '#app/domain/organisation/program-queries.server.ts';
import { readListFilter } from '#app/domain/people/list-filter.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RecordList } from '#app/ui/record-list.tsx';
import { BASES, KINDS } from '../record-forms/program-words.ts';

const HELP = {
  text: 'How you group what you offer: kind, size, how it is charged. A program may have rules of its own where they differ from the company’s.',
  about: 'office/settings',
} as const;

export const meta: MetaFunction = () => [{ title: 'Programs · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const filter = readListFilter(new URL(args.request.url).searchParams);
  return { filter, page: await listPrograms(args.context.db, filter), mayWrite: can(user, 'program.write') };
}

const add = { to: '/office/programs/new', label: 'Add a program' };

export default function Programs() {
  const { filter, page, mayWrite } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Programs"
        actions={
          <>
            <Button component={Link} to="/office/subjects" variant="default">
              Subjects
            </Button>
            {mayWrite ? (
              <Button component={Link} to={add.to}>
                {add.label}
              </Button>
            ) : null}
          </>
        }
      />
      <RecordList
        page={page}
        filter={filter}
        path="/office/programs"
        many="programs"
        searchLabel="Search programs by name"
        empty={{
          title: 'No programs yet',
          text: 'A program groups your teaching, such as “One-to-one” or “After-school at Lincoln High”: who fits in, how it is charged, and by which rules. Every session belongs to one.',
          action: mayWrite ? add : undefined,
        }}
        columns={[
          {
            key: 'name',
            header: 'Name',
            primary: true,
            cell: (row) => (
              <Anchor component={Link} to={`/office/programs/${row.id}`} size="sm" fw={500}>
                {row.name}
              </Anchor>
            ),
          },
          { key: 'kind', header: 'Kind', cell: (row) => KINDS[row.kind] ?? row.kind },
          { key: 'capacity', header: 'Students', align: 'right', cell: (row) => row.capacity },
          { key: 'basis', header: 'Charged', cell: (row) => BASES[row.chargeBasis] ?? row.chargeBasis, wideOnly: true },
          { key: 'tax', header: 'Tax', align: 'right', cell: (row) => `${row.taxPercent}%` },
          {
            key: 'durations',
            header: 'Lengths',
            cell: (row) => row.durations?.join(', ') ?? 'As the organisation',
            wideOnly: true,
          },
          { key: 'ref', header: 'Reference', cell: (row) => row.ref, wideOnly: true },
        ]}
      />
    </>
  );
}
