import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
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
  searchLabel: string;
  columns: Column<Row>[];
  /** Shown while there is none at all. */
  empty: { title: string; text: string; action?: { to: string; label: string } | undefined };
}

/** A list with its search, its archive, and its pages. */
export function RecordList<Row extends { id: string }>({
  page,
  filter,
  path,
  many,
  searchLabel,
  columns,
  empty,
}: RecordListProps<Row>) {
  if (page.active + page.archived === 0) return <EmptyState {...empty} />;
  return (
    <>
      <Group justify="space-between" gap="sm" mb="sm" align="flex-end">
        <Form method="get" action={path} role="search">
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
        </Form>
        <Group gap="md" component="nav" aria-label={`Which ${many}`}>
          <Which to={urlOf(path, { ...filter, archived: false, page: 1 })} current={!filter.archived}>
            Active ({page.active})
          </Which>
          <Which to={urlOf(path, { ...filter, archived: true, page: 1 })} current={filter.archived}>
            Archived ({page.archived})
          </Which>
        </Group>
      </Group>
      {page.rows.length === 0 ? (
        <Text c="dimmed" py="md">
          {filter.q ? (
            <>
              No {filter.archived ? 'archived ' : ''}
              {many} match “{filter.q}”. <Link to={urlOf(path, { ...filter, q: '', page: 1 })}>Show all of them</Link>
            </>
          ) : filter.archived ? (
            `No ${many} are archived.`
          ) : (
            `All ${many} are archived.`
          )}
        </Text>
      ) : (
        <DataTable
          caption={`${filter.archived ? 'Archived ' : ''}${many}`}
          columns={columns}
          rows={page.rows}
          rowKey={(row) => row.id}
        />
      )}
      <Pages page={page} filter={filter} path={path} many={many} />
    </>
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

function Pages({ page, filter, path, many }: { page: ListPage<unknown>; filter: ListFilter; path: string; many: string }) {
  if (page.pages === 1)
    return filter.q ? (
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
          <Anchor component={Link} to={urlOf(path, { ...filter, page: page.page - 1 })} size="sm" rel="prev">
            Previous
          </Anchor>
        ) : null}
        {page.page < page.pages ? (
          <Anchor component={Link} to={urlOf(path, { ...filter, page: page.page + 1 })} size="sm" rel="next">
            Next
          </Anchor>
        ) : null}
      </Group>
    </Group>
  );
}

function urlOf(path: string, filter: ListFilter): string {
  const params = new URLSearchParams();
  if (filter.q) params.set('q', filter.q);
  if (filter.archived) params.set('archived', '1');
  if (filter.page > 1) params.set('page', String(filter.page));
  const query = params.toString();
  return query ? `${path}?${query}` : path;
}
