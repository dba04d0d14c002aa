import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { Form, Link, useNavigate } from '@remix-run/react';
import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ListFilter, ListPage } from '#app/domain/people/list-filter.ts';
import { type Column, DataTable } from './data-table.tsx';
import { EmptyState } from './empty-state.tsx';

interface RecordListProps<Row> {
  page: ListPage<Row>;
  filter: ListFilter;
  /** Where the list is; its filter stands in the URL behind it. */
  path: string;
  /** "tutors" */
  many: string;
  /** What those are called that aren't archived, where some of them are not active. */
  unarchived?: string;
  searchLabel: string;
  columns: Column<Row>[];
  /** Further fields to narrow by, within the search's form, and what they are set to, for the addresses of the pages. */
  narrowing?: { fields: ReactNode; params: Record<string, string> };
  /** Around the table: the form of what is done to the chosen rows. */
  around?: (table: ReactNode) => ReactNode;
  /** Shown while there is none at all. */
  empty: { title: string; text: string; action?: { to: string; label: string } | undefined };
}

/** A list with its search, its archive, and its pages. */
export function RecordList<Row extends { id: string }>({
  page,
  filter,
  path,
  many,
  unarchived = 'Active',
  searchLabel,
  columns,
  narrowing = { fields: null, params: {} },
  around = (table) => table,
  empty,
}: RecordListProps<Row>) {
  if (page.active + page.archived === 0) return <EmptyState {...empty} />;
  const { params } = narrowing;
  const narrowed = Object.keys(params).length > 0;
  const link = (over: Partial<ListFilter>) => urlOf(path, { ...filter, page: 1, ...over }, params);
  return (
    <>
      <Group justify="space-between" gap="sm" mb="sm" align="flex-end">
        <SearchForm path={path}>
          <Group gap="xs" wrap="nowrap" align="flex-end">
            {filter.archived ? <input type="hidden" name="archived" value="1" /> : null}
            <TextInput
              key={filter.q}
              type="search"
              name="q"
              defaultValue={filter.q}
              aria-label={searchLabel}
              placeholder={searchLabel.replace(/^Search \S+ by (.)/, (_, first: string) => first.toUpperCase())}
              leftSection={<IconSearch size={16} aria-hidden />}
              w={{ base: 220, sm: 300 }}
            />
            <Button type="submit" variant="default">
              Search
            </Button>
          </Group>
          {narrowing.fields}
        </SearchForm>
        <Group gap="md" component="nav" aria-label={`Which ${many}`}>
          <Which to={link({ archived: false })} current={!filter.archived}>
            {unarchived} ({page.active})
          </Which>
          <Which to={link({ archived: true })} current={filter.archived}>
            Archived ({page.archived})
          </Which>
        </Group>
      </Group>
      {page.rows.length === 0 ? (
        <Text c="dimmed" py="md">
          {filter.q ? (
            <>
              No {filter.archived ? 'archived ' : ''}
              {many} match “{filter.q}”{narrowed ? ' and these filters' : ''}.{' '}
              <Link to={urlOf(path, { ...filter, q: '', page: 1 }, {})}>Show all of them</Link>
            </>
          ) : narrowed ? (
            <>
              No {filter.archived ? 'archived ' : ''}
              {many} fit these filters. <Link to={urlOf(path, { ...filter, page: 1 }, {})}>Show all of them</Link>
            </>
          ) : filter.archived ? (
            `No ${many} are archived.`
          ) : (
            `All ${many} are archived.`
          )}
        </Text>
      ) : (
        around(
          <DataTable
            caption={`${filter.archived ? 'Archived ' : ''}${many}`}
            columns={columns}
            rows={page.rows}
            rowKey={(row) => row.id}
          />,
        )
      )}
      <Pages page={page} searched={narrowed || filter.q !== ''} to={(number) => link({ page: number })} many={many} />
    </>
  );
}

/** Choosing from a list applies it at once; words are sent with Enter or the button. What is left empty stays out of the address. */
function SearchForm({ path, children }: { path: string; children: ReactNode }) {
  const navigate = useNavigate();
  const show = (form: HTMLFormElement) => {
    const said = [...new FormData(form)].filter(([, value]) => typeof value === 'string' && value !== '') as [string, string][];
    navigate(`${path}?${new URLSearchParams(said)}`, { preventScrollReset: true });
  };
  return (
    <Form
      method="get"
      action={path}
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        show(event.currentTarget);
      }}
      onChange={(event) => {
        if (event.target instanceof HTMLSelectElement) show(event.currentTarget);
      }}
    >
      {children}
    </Form>
  );
}

function Which({ to, current, children }: { to: string; current: boolean; children: ReactNode }) {
  return (
    <Anchor
      component={Link}
      to={to}
      size="sm"
      fw={current ? 600 : 400}
      aria-current={current ? 'page' : undefined}
      underline={current ? 'never' : 'always'}
      c={current ? 'var(--mantine-color-text)' : undefined}
    >
      {children}
    </Anchor>
  );
}

interface PagesProps {
  page: ListPage<unknown>;
  searched: boolean;
  to: (page: number) => string;
  many: string;
}

function Pages({ page, searched, to, many }: PagesProps) {
  if (page.pages === 1)
    return searched ? (
      <Text size="sm" c="dimmed" mt="xs">
        {page.total} found
      </Text>
    ) : null;
  return (
    <Group justify="space-between" mt="sm" component="nav" aria-label={`Pages of ${many}`}>
      <Text size="sm" c="dimmed">
        Page {page.page} of {page.pages}, {page.total} {many}
      </Text>
      <Group gap="md">
        {page.page > 1 ? (
          <Anchor component={Link} to={to(page.page - 1)} size="sm" rel="prev">
            Previous
          </Anchor>
        ) : null}
        {page.page < page.pages ? (
          <Anchor component={Link} to={to(page.page + 1)} size="sm" rel="next">
            Next
          </Anchor>
        ) : null}
      </Group>
    </Group>
  );
}

function urlOf(path: string, filter: ListFilter, narrowing: Record<string, string>): string {
  const params = new URLSearchParams(narrowing);
  if (filter.q) params.set('q', filter.q);
  if (filter.archived) params.set('archived', '1');
  if (filter.page > 1) params.set('page', String(filter.page));
  const query = params.toString();
  return query ? `${path}?${query}` : path;
}
