import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import type { MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { PageLinks } from '../planning-pages/tabs.tsx';
import { actOnCloseOuts } from './act.server.ts';
import { ApproveList } from './approve-list.tsx';
import { addressOf, isNarrowed } from './close-out-filter.ts';
import { FilterForm } from './filter-form.tsx';
import { loadCloseOuts } from './load.server.ts';
import { OverdueList } from './overdue-list.tsx';

export const loader = loadCloseOuts;
export const action = actOnCloseOuts;

export const meta: MetaFunction = () => [{ title: 'Close-outs · Lectern' }];

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function CloseOuts() {
  const page = useLoaderData<typeof loader>();
  const { show } = page.filter;
  const { differing, planned } = page.counts;
  return (
    <>
      <PageHeader title="Close-outs" description="What tutors say took place. Once approved it goes onto invoices and pay." />
      <Group component="nav" aria-label="Close-outs" gap="lg" mb="md">
        <Tab to="/office/closeouts" current={show === 'approve'} label={`To approve (${differing + planned})`} />
        <Tab to="/office/closeouts?show=overdue" current={show === 'overdue'} label={`Overdue (${page.overdue.length})`} />
      </Group>
      {page.approved > 0 ? (
        <Alert
          color="green"
          mb="md"
          role="status"
          title={page.approved === 1 ? '1 close-out is approved' : `${page.approved} close-outs are approved`}
        />
      ) : null}
      {page.sentBack ? (
        <Alert color="green" mb="md" role="status" title="The close-out is with its tutor again, who was told by mail" />
      ) : null}
      {show === 'overdue' ? <Overdue page={page} /> : <ToApprove page={page} />}
    </>
  );
}

function ToApprove({ page }: { page: Page }) {
  const answer = useActionData<typeof action>();
  const { filter, counts } = page;
  const total = counts.differing + counts.planned;
  const narrowed = isNarrowed(filter);
  if (total === 0 && !narrowed)
    return (
      <EmptyState
        title="Nothing to approve"
        text="Close-outs of programs whose policy asks for approval wait here, those that deviate from the plan first."
        action={
          page.overdue.length > 0
            ? { to: '/office/closeouts?show=overdue', label: `See the ${page.overdue.length} overdue` }
            : undefined
        }
      />
    );
  return (
    <>
      <FilterForm filter={filter} tutors={page.tutors} programs={page.programs} counts={counts} />
      {page.toApprove.length === 0 ? (
        <EmptyState
          title="Nothing fits these filters"
          text="Nothing of this kind waits for approval."
          action={{ to: '/office/closeouts', label: 'Show all that wait' }}
        />
      ) : (
        <ApproveList key={addressOf(filter)} rows={page.toApprove} answer={answer} />
      )}
      <PageLinks
        page={page.page}
        pages={page.pages}
        total={filter.which === '' ? total : counts[filter.which]}
        many="close-outs"
        to={(number) => addressOf({ ...filter, page: number })}
      />
    </>
  );
}

function Overdue({ page }: { page: Page }) {
  return (
    <Stack gap="md">
      {page.overdue.length === 0 ? (
        <EmptyState
          title="Nothing is overdue"
          text={`Sessions that nobody has closed out ${page.overdueAfterHours} hours after their end are listed here.`}
        />
      ) : (
        <OverdueList overdue={page.overdue} />
      )}
      {page.waiting > 0 ? (
        <Text size="sm" c="dimmed">
          {page.waiting === 1 ? '1 more session waits' : `${page.waiting} more sessions wait`} for a close-out, not overdue yet.{' '}
          <Anchor component={Link} to="/office/sessions?from=&status=to_close_out" size="sm" underline="always">
            Show all
          </Anchor>
        </Text>
      ) : null}
    </Stack>
  );
}

function Tab({ to, current, label }: { to: string; current: boolean; label: string }) {
  return (
    <Anchor
      component={Link}
      to={to}
      aria-current={current ? 'page' : undefined}
      c={current ? undefined : 'dimmed'}
      fw={current ? 600 : 400}
      className="tabular"
    >
      {label}
    </Anchor>
  );
}
