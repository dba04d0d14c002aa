import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import type { MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { many } from '../money-pages/many.ts';
import { PageLinks, Tabs } from '../planning-pages/tabs.tsx';
import { actOnCloseOuts } from './act.server.ts';
import { ApproveList } from './approve-list.tsx';
import { addressOf, isNarrowed } from './close-out-filter.ts';
import { FilterForm } from './filter-form.tsx';
import { HistoryList } from './history-list.tsx';
import { loadCloseOuts } from './load.server.ts';
import { OverdueList } from './overdue-list.tsx';

const HELP = {
  text: 'What tutors say took place. What differs from the plan comes first, with the reason; send back what needs another look, approve the rest together.',
  about: 'office/close-outs',
} as const;

export const loader = loadCloseOuts;
export const action = actOnCloseOuts;

export const meta: MetaFunction = () => [{ title: 'Close-outs · Lectern' }];

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function CloseOuts() {
  const page = useLoaderData<typeof loader>();
  const { filter, counts, said } = page;
  const tab = (show: typeof filter.show, label: string) => ({
    to: show === 'approve' ? '/office/closeouts' : `/office/closeouts?show=${show}`,
    label,
    current: filter.show === show,
  });
  return (
    <>
      <PageHeader
        help={HELP}
        title="Close-outs"
        description="What tutors say took place. Once approved it goes onto invoices and pay."
      />
      <Group mb="md">
        <Tabs
          label="Close-outs"
          tabs={[
            tab('approve', `To approve (${counts.toApprove})`),
            tab('overdue', `Overdue (${counts.overdue})`),
            tab('history', 'History'),
          ]}
        />
      </Group>
      {said.approved > 0 ? <Said title={`${many(said.approved, 'close-out is', 'close-outs are')} approved`} /> : null}
      {said.sentBack ? <Said title="The close-out is with its tutor again, who was told by mail" /> : null}
      {said.reminded ? <Said title={`${said.reminded} is reminded by mail`} /> : null}
      {page.approve ? <ToApprove page={page} part={page.approve} /> : null}
      {page.overdue ? <Overdue page={page} part={page.overdue} /> : null}
      {page.history ? <History page={page} part={page.history} /> : null}
    </>
  );
}

const Said = ({ title }: { title: string }) => <Alert color="green" mb="md" role="status" title={title} />;

function ToApprove({ page, part }: { page: Page; part: NonNullable<Page['approve']> }) {
  const answer = useActionData<typeof action>();
  const { filter, counts } = page;
  const { differing, planned } = part;
  if (differing + planned === 0 && !isNarrowed(filter))
    return (
      <EmptyState
        title="Nothing to approve"
        text="Close-outs of programs whose policy asks for approval wait here, those that deviate from the plan first."
        action={
          counts.overdue > 0 ? { to: '/office/closeouts?show=overdue', label: `See the ${counts.overdue} overdue` } : undefined
        }
      />
    );
  return (
    <>
      <FilterForm filter={filter} tutors={page.tutors} programs={page.programs} counts={{ differing, planned }} />
      {part.rows.length === 0 ? (
        <NothingFits filter={filter} />
      ) : (
        <ApproveList key={addressOf(filter)} rows={part.rows} answer={answer} />
      )}
      <PageLinks
        page={part.page}
        pages={part.pages}
        total={filter.which === '' ? differing + planned : part[filter.which]}
        many="close-outs"
        to={(number) => addressOf({ ...filter, page: number })}
      />
    </>
  );
}

function Overdue({ page, part }: { page: Page; part: NonNullable<Page['overdue']> }) {
  const answer = useActionData<typeof action>();
  const { filter, counts } = page;
  const [reminded = '', message = ''] = Object.entries(answer?.errors ?? {})[0] ?? [];
  const others = counts.open - counts.overdue;
  const chased = part.chases ? 'Tutors are reminded by mail until they do.' : 'Nobody is reminded by itself: the rules say so.';
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {filter.all
          ? `All sessions that are over and not closed out. ${chased}`
          : `Sessions that nobody has closed out ${part.afterHours} hours after their end. ${chased}`}{' '}
        Until then nothing of them is billed or paid.
      </Text>
      {part.tutors.length > 0 || isNarrowed(filter) ? (
        <FilterForm filter={filter} tutors={page.tutors} programs={page.programs} />
      ) : null}
      {part.tutors.length > 0 ? (
        <OverdueList tutors={part.tutors} error={reminded ? { id: reminded, message } : undefined} />
      ) : isNarrowed(filter) ? (
        <NothingFits filter={filter} />
      ) : (
        <EmptyState
          title="Nothing is overdue"
          text="A session that its tutor doesn’t close out comes here, so that somebody asks."
          action={
            others > 0 && !filter.all ? { to: addressOf({ ...filter, all: true }), label: 'Show what is still open' } : undefined
          }
        />
      )}
      {others > 0 && !filter.all && part.tutors.length > 0 ? (
        <Text size="sm" c="dimmed">
          {others === 1 ? '1 more session waits' : `${others} more sessions wait`} for a close-out, not overdue yet.{' '}
          <Anchor component={Link} to={addressOf({ ...filter, all: true })} size="sm" underline="always">
            Show all
          </Anchor>
        </Text>
      ) : null}
      {filter.all ? (
        <Anchor component={Link} to={addressOf({ ...filter, all: false })} size="sm">
          Only what is overdue
        </Anchor>
      ) : null}
    </Stack>
  );
}

function History({ page, part }: { page: Page; part: NonNullable<Page['history']> }) {
  const { filter } = page;
  if (part.rows.length === 0 && !isNarrowed(filter) && filter.page === 1)
    return (
      <EmptyState
        title="Nothing is closed out yet"
        text="Who closed out, approved, sent back or changed what stands here, the latest first."
      />
    );
  return (
    <>
      <FilterForm filter={filter} tutors={page.tutors} programs={page.programs} />
      {part.rows.length === 0 ? <NothingFits filter={filter} /> : <HistoryList rows={part.rows} />}
      <Group component="nav" aria-label="Pages of the history" gap="md" mt="sm">
        {filter.page > 1 ? (
          <Anchor component={Link} to={addressOf({ ...filter, page: filter.page - 1 })} size="sm" rel="prev">
            Later
          </Anchor>
        ) : null}
        {part.more ? (
          <Anchor component={Link} to={addressOf({ ...filter, page: filter.page + 1 })} size="sm" rel="next">
            Earlier
          </Anchor>
        ) : null}
      </Group>
    </>
  );
}

function NothingFits({ filter }: { filter: Page['filter'] }) {
  const { show } = filter;
  return (
    <EmptyState
      title="Nothing fits these filters"
      text="Try another tutor, another program or fewer words."
      action={{ to: show === 'approve' ? '/office/closeouts' : `/office/closeouts?show=${show}`, label: 'Show all' }}
    />
  );
}
