import { Anchor, Button, Text } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { CLIENT_STATUSES, clientStatusNames, peopleNarrowing, readClientFilter } from '#app/domain/people/people-filter.ts';
import { peopleFilterChoices } from '#app/domain/people/people-narrowing.server.ts';
import { listClients } from '#app/domain/people/queries.server.ts';
import { listTagChoices } from '#app/domain/tags/queries.server.ts';
import { customColumns } from '#app/ui/custom-columns.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { RecordList } from '#app/ui/record-list.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { BulkForm, ChooseBox } from '../record-forms/bulk-form.tsx';
import { bulkPeople } from '../record-forms/bulk-people.server.ts';
import { bulkPeopleChoices } from '../record-forms/bulk-people-choices.ts';
import { CustomFilters } from '../record-forms/custom-filters.tsx';
import { customList, customOfRows } from '../record-forms/custom-list.server.ts';
import { InvitationsLink } from '../record-forms/invitations-link.tsx';
import { ListFilters } from '../record-forms/list-filters.tsx';
import { signsInWords } from '../record-forms/sign-in-panel.tsx';

const HELP = {
  text: 'Who pays: a parent, a school. A client’s page has their students, balance, invoices and what was agreed.',
  about: 'office/people',
} as const;

export const meta: MetaFunction = () => [{ title: 'Clients · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const { db } = args.context;
  const params = new URL(args.request.url).searchParams;
  const custom = await customList(db, 'client', user, params);
  const filter = { ...readClientFilter(params), custom: custom.filters };
  const [page, choices, tags] = await Promise.all([
    listClients(db, filter),
    peopleFilterChoices(db, 'client'),
    listTagChoices(db),
  ]);
  const values = await customOfRows(db, custom.columns, page.rows);
  return { filter, page, choices, tags, mayInvite: can(user, 'users.manage'), custom: { ...custom, values } };
}

export const action = (args: ActionFunctionArgs) => bulkPeople(args, 'client');

const statuses = CLIENT_STATUSES.map((id) => ({ id, name: clientStatusNames[id] }));
const signsIn = [
  { id: 'yes', name: 'Sign in' },
  { id: 'invited', name: 'Invited' },
  { id: 'no', name: 'Don’t sign in' },
];

const add = { to: '/office/clients/new', label: 'Add a client' };

export default function Clients() {
  const { filter, page, choices, tags, mayInvite, custom } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const [params] = useSearchParams();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Clients"
        actions={
          <>
            <InvitationsLink of="client" mayInvite={mayInvite} />
            <Button component={Link} to={add.to}>
              {add.label}
            </Button>
          </>
        }
      />
      <RecordList
        page={page}
        filter={filter}
        path="/office/clients"
        many="clients"
        searchLabel="Search clients by name, child or e-mail"
        narrowing={{
          fields: (
            <>
              <ListFilters
                fields={[
                  { name: 'status', any: 'Prospects and active', value: filter.status, items: statuses },
                  { name: 'tag', any: 'Any tag', value: filter.tag, items: choices.tags },
                  { name: 'signsIn', any: 'Signs in or not', value: filter.signsIn, items: signsIn },
                ]}
              />
              <CustomFilters fields={custom.filterable} filters={custom.filters} />
            </>
          ),
          params: peopleNarrowing(filter),
        }}
        around={(table) => (
          <BulkForm
            key={`${params} ${page.rows.map((row) => row.id + row.status).join()}`}
            many="clients"
            path="/office/clients"
            rows={page.rows.length}
            choices={bulkPeopleChoices('client', filter.archived)}
            tags={tags}
            told={told}
          >
            {table}
          </BulkForm>
        )}
        empty={{
          title: 'No clients yet',
          text: 'A client pays: a parent, a school, or an adult who learns. Their students stand under them.',
          action: add,
        }}
        columns={[
          { key: 'choose', header: 'Choose', cell: (row) => <ChooseBox id={row.id} name={row.name} /> },
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
          {
            key: 'status',
            header: 'Status',
            cell: (row) => (
              <StatusBadge label={clientStatusNames[row.status]} tone={row.status === 'prospect' ? 'attention' : 'good'} />
            ),
          },
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
