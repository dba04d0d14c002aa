import { Anchor, Button, Text } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { listTutors, tutorFilterChoices } from '#app/domain/people/list-tutors.server.ts';
import { narrowingOf, readTutorFilter } from '#app/domain/people/tutor-filter.ts';
import { TUTOR_STATUSES, tutorStatusNames } from '#app/domain/people/tutor-status.ts';
import { listTagChoices } from '#app/domain/tags/queries.server.ts';
import { customColumns } from '#app/ui/custom-columns.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RecordList } from '#app/ui/record-list.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { BulkForm, ChooseBox } from '../record-forms/bulk-form.tsx';
import { CustomFilters } from '../record-forms/custom-filters.tsx';
import { customList, customOfRows } from '../record-forms/custom-list.server.ts';
import { InvitationsLink } from '../record-forms/invitations-link.tsx';
import { signsInWords } from '../record-forms/sign-in-panel.tsx';
import { tutorStatusTone } from '../record-forms/tutor-status-tone.ts';
import { bulkTutors } from './bulk-tutors.server.ts';
import { TutorFilters } from './tutor-filters.tsx';

const HELP = {
  text: 'Everybody who teaches for you. A tutor’s page has their hours, students, papers, sessions and pay.',
  about: 'office/people',
} as const;

export const meta: MetaFunction = () => [{ title: 'Tutors · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const { db } = args.context;
  const params = new URL(args.request.url).searchParams;
  const custom = await customList(db, 'tutor', user, params);
  const filter = { ...readTutorFilter(params), custom: custom.filters };
  const [page, choices, tags] = await Promise.all([listTutors(db, filter), tutorFilterChoices(db), listTagChoices(db)]);
  const values = await customOfRows(db, custom.columns, page.rows);
  return { filter, page, choices, tags, mayInvite: can(user, 'users.manage'), custom: { ...custom, values } };
}

export const action = (args: ActionFunctionArgs) => bulkTutors(args);

const add = { to: '/office/tutors/new', label: 'Add a tutor' };

const bulkChoices = (archived: boolean) => [
  ...(archived
    ? []
    : [
        {
          group: 'Status',
          items: TUTOR_STATUSES.map((id) => ({ value: `status:${id}`, label: `Now ${tutorStatusNames[id].toLowerCase()}` })),
        },
      ]),
  {
    group: 'Tags',
    items: [
      { value: 'tag', label: 'Add a tag' },
      { value: 'untag', label: 'Take a tag away' },
    ],
  },
  { group: 'Archive', items: [archived ? { value: 'restore', label: 'Bring back' } : { value: 'archive', label: 'Archive' }] },
];

export default function Tutors() {
  const { filter, page, choices, tags, mayInvite, custom } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const [params] = useSearchParams();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Tutors"
        actions={
          <>
            <InvitationsLink of="tutor" mayInvite={mayInvite} />
            <Button component={Link} to={add.to}>
              {add.label}
            </Button>
          </>
        }
      />
      <RecordList
        page={page}
        filter={filter}
        path="/office/tutors"
        many="tutors"
        unarchived="All"
        searchLabel="Search tutors by name or e-mail"
        narrowing={{
          fields: (
            <>
              <TutorFilters filter={filter} choices={choices} />
              <CustomFilters fields={custom.filterable} filters={custom.filters} />
            </>
          ),
          params: narrowingOf(filter),
        }}
        around={(table) => (
          <BulkForm
            key={`${params} ${page.rows.map((row) => row.id + row.status).join()}`}
            many="tutors"
            path="/office/tutors"
            rows={page.rows.length}
            choices={bulkChoices(filter.archived)}
            tags={tags}
            told={told}
          >
            {table}
          </BulkForm>
        )}
        empty={{
          title: 'No tutors yet',
          text: 'Everybody who teaches stands here, with what they teach and when they are taken.',
          action: add,
        }}
        columns={[
          { key: 'choose', header: 'Choose', cell: (row) => <ChooseBox id={row.id} name={row.name} /> },
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
          {
            key: 'status',
            header: 'Status',
            cell: (row) => <StatusBadge label={tutorStatusNames[row.status]} tone={tutorStatusTone[row.status]} />,
          },
          { key: 'subjects', header: 'Subjects', cell: (row) => row.subjects.join(', ') || '–' },
          {
            key: 'tags',
            header: 'Tags',
            cell: (row) =>
              row.tags.length === 0 ? null : (
                <Text size="sm" span c="dimmed">
                  {row.tags.map((tag) => tag.name).join(', ')}
                </Text>
              ),
          },
          ...customColumns<(typeof page.rows)[number]>(custom.columns, custom.values),
          { key: 'email', header: 'E-mail', cell: (row) => row.email ?? '–' },
          {
            key: 'phone',
            header: 'Phone',
            cell: (row) => <span style={{ whiteSpace: 'nowrap' }}>{row.phone ?? '–'}</span>,
            wideOnly: true,
          },
          { key: 'signsIn', header: 'Signs in', cell: (row) => signsInWords[row.signsIn], wideOnly: true },
          {
            key: 'ref',
            header: 'Reference',
            cell: (row) => <span style={{ whiteSpace: 'nowrap' }}>{row.ref}</span>,
            wideOnly: true,
          },
        ]}
      />
    </>
  );
}
