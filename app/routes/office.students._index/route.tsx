import { Anchor, Button, Text } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { peopleNarrowing, readStudentFilter } from '#app/domain/people/people-filter.ts';
import { peopleFilterChoices } from '#app/domain/people/people-narrowing.server.ts';
import { listStudents } from '#app/domain/people/queries.server.ts';
import { listTagChoices } from '#app/domain/tags/queries.server.ts';
import { customColumns } from '#app/ui/custom-columns.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RecordList } from '#app/ui/record-list.tsx';
import { BulkForm, ChooseBox } from '../record-forms/bulk-form.tsx';
import { bulkPeople } from '../record-forms/bulk-people.server.ts';
import { bulkPeopleChoices } from '../record-forms/bulk-people-choices.ts';
import { CustomFilters } from '../record-forms/custom-filters.tsx';
import { customList, customOfRows } from '../record-forms/custom-list.server.ts';
import { InvitationsLink } from '../record-forms/invitations-link.tsx';
import { ListFilters } from '../record-forms/list-filters.tsx';
import { signsInWords } from '../record-forms/sign-in-panel.tsx';

const HELP = {
  text: 'Who learns. A student’s page has lessons, goals, notes, guardians and what is planned.',
  about: 'office/people',
} as const;

export const meta: MetaFunction = () => [{ title: 'Students · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const { db } = args.context;
  const params = new URL(args.request.url).searchParams;
  const custom = await customList(db, 'student', user, params);
  const filter = { ...readStudentFilter(params), custom: custom.filters };
  const [page, choices, tags] = await Promise.all([
    listStudents(db, filter),
    peopleFilterChoices(db, 'student'),
    listTagChoices(db),
  ]);
  const values = await customOfRows(db, custom.columns, page.rows);
  return { filter, page, choices, tags, mayInvite: can(user, 'users.manage'), custom: { ...custom, values } };
}

export const action = (args: ActionFunctionArgs) => bulkPeople(args, 'student');

const engaged = [
  { id: 'yes', name: 'With a tutor' },
  { id: 'no', name: 'Without a tutor' },
];

const add = { to: '/office/students/new', label: 'Add a student' };

export default function Students() {
  const { filter, page, choices, tags, mayInvite, custom } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const [params] = useSearchParams();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Students"
        actions={
          <>
            <InvitationsLink of="student" mayInvite={mayInvite} />
            <Button component={Link} to={add.to}>
              {add.label}
            </Button>
          </>
        }
      />
      <RecordList
        page={page}
        filter={filter}
        path="/office/students"
        many="students"
        searchLabel="Search students by name or client"
        narrowing={{
          fields: (
            <>
              <ListFilters
                fields={[
                  { name: 'engaged', any: 'With and without a tutor', value: filter.engaged, items: engaged },
                  { name: 'grade', any: 'Any grade', value: filter.grade, items: choices.grades.map((id) => ({ id, name: id })) },
                  { name: 'tag', any: 'Any tag', value: filter.tag, items: choices.tags },
                ]}
              />
              <CustomFilters fields={custom.filterable} filters={custom.filters} />
            </>
          ),
          params: peopleNarrowing(filter),
        }}
        around={(table) => (
          <BulkForm
            key={`${params} ${page.rows.map((row) => row.id).join()}`}
            many="students"
            path="/office/students"
            rows={page.rows.length}
            choices={bulkPeopleChoices('student', filter.archived)}
            tags={tags}
            told={told}
          >
            {table}
          </BulkForm>
        )}
        empty={{
          title: 'No students yet',
          text: 'Everybody who learns stands here, each under the client who pays. Add the client first.',
          action: add,
        }}
        columns={[
          { key: 'choose', header: 'Choose', cell: (row) => <ChooseBox id={row.id} name={row.name} /> },
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
          {
            key: 'tags',
            header: 'Tags',
            cell: (row) => (
              <Text size="sm" span c="dimmed">
                {row.tags.map((tag) => tag.name).join(', ')}
              </Text>
            ),
          },
          ...customColumns<(typeof page.rows)[number]>(custom.columns, custom.values),
          { key: 'email', header: 'E-mail', cell: (row) => row.email ?? '–', wideOnly: true },
          { key: 'signsIn', header: 'Signs in', cell: (row) => signsInWords[row.signsIn] },
          { key: 'ref', header: 'Reference', cell: (row) => row.ref, wideOnly: true },
        ]}
      />
    </>
  );
}
