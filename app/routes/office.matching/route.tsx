import { Alert, Anchor, Stack, Text } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { authorize } from '#app/auth/authorize.server.ts';
import type { OpenCounts } from '#app/domain/matching/run-queries.server.ts';
import { DateTime } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { cityOf } from '#app/ui/format.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { PageLinks, Tabs } from '../planning-pages/tabs.tsx';
import { loadMatching, type Matching } from './load-matching.server.ts';
import styles from './matching.module.css';
import { type MatchingAnswer, matchingAction } from './matching-action.server.ts';
import { PickList } from './pick-list.tsx';
import { RunState } from './run-state.tsx';
import { STATUS_TONES, STATUS_WORDS } from './run-words.ts';
import { WishesPanel } from './wishes-panel.tsx';

const HELP = {
  text: 'All open requests are matched with tutors at once, as well as possible for all together. Nothing is firm until you accept it, whole or in part.',
  about: 'office/matching',
} as const;

export const meta: MetaFunction = () => [{ title: 'Match all · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'request.manage');
  return loadMatching(args.context, new URL(args.request.url).searchParams);
}

export const action = (args: ActionFunctionArgs) => matchingAction(args);

export default function MatchAll() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as MatchingAnswer | undefined;
  const { revalidate, state } = useRevalidator();
  const working = page.run?.working ?? false;
  useEffect(() => {
    if (!working || state !== 'idle') return;
    const timer = setTimeout(revalidate, 1_000);
    return () => clearTimeout(timer);
  }, [working, state, revalidate]);
  return (
    <>
      <PageHeader
        help={HELP}
        title="Match all"
        description={openWords(page.open)}
        actions={
          working || (page.open.open === 0 && !page.run) ? null : (
            <Form method="post">
              <SubmitButton name="start" value="all" disabled={page.open.open === 0} variant={page.run ? 'default' : 'filled'}>
                {page.run ? 'Match all again' : 'Match all open requests'}
              </SubmitButton>
            </Form>
          )
        }
      />
      {answer ? <Told answer={answer} picks={page.run ? page.picks : []} /> : null}
      {page.run ? <Result page={page} /> : <Nothing open={page.open} />}
    </>
  );
}

function openWords({ open, offered, incomplete }: OpenCounts): string {
  const parts = [
    `${open} open ${open === 1 ? 'request' : 'requests'}`,
    offered > 0 ? `${offered} with a tutor to answer` : '',
    incomplete > 0 ? `${incomplete} without a student or a subject yet` : '',
  ].filter(Boolean);
  return `${parts.join(', ')}. Who is best for whom, for all together.`;
}

function Nothing({ open }: { open: OpenCounts }) {
  return open.open === 0 ? (
    <EmptyState
      title="No request to match"
      text="Here every open request gets a tutor at once, so that the best comes out for all together: nobody is left without because somebody before them took the only one who fits."
      action={{ to: '/office/requests/new', label: 'New request' }}
    />
  ) : (
    <EmptyState
      title="Nothing was matched yet"
      text="One click finds a tutor for every open request, so that the best comes out for all together. You look through it, change what you know better, and offer it to the tutors in whole or in part."
    />
  );
}

function Told({ answer, picks }: { answer: MatchingAnswer; picks: Matching['picks'] }) {
  const names = new Map(picks.map(({ requestId, studentName }) => [requestId, studentName]));
  return (
    <>
      <ToldAlert told={answer.message === null ? undefined : { message: answer.message }} />
      {answer.done ? (
        <Alert
          variant="light"
          color="green"
          mb="md"
          role="status"
          title={answer.done}
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
        />
      ) : null}
      {answer.refused.length > 0 ? (
        <Alert variant="light" color="red" mb="md" role="alert" title={`${answer.refused.length} could not be offered`}>
          <ul className={styles.refused}>
            {answer.refused.map(({ requestId, message }) => (
              <li key={requestId}>
                <Anchor component={Link} to={`/office/requests/${requestId}`} size="sm">
                  {names.get(requestId) ?? 'A request'}
                </Anchor>
                : {message}
              </li>
            ))}
          </ul>
        </Alert>
      ) : null}
    </>
  );
}

const EMPTY = {
  proposed: 'Nothing is left to decide.',
  nobody: 'Everybody has a tutor.',
  offered: 'Nothing of it was offered yet.',
  dropped: 'Nothing was vetoed.',
};

function Result({ page }: { page: Matching }) {
  const { run, runs, counts, show, wishes, timezone } = page;
  const newest = runs[0]?.id === run.id;
  const address = (over: Record<string, string>) => `?${new URLSearchParams({ ...(newest ? {} : { run: run.id }), ...over })}`;
  const tab = (one: typeof show, label: string) => ({
    to: address({ show: one }),
    label: `${label} (${counts[one]})`,
    current: show === one,
  });
  const found = counts.proposed + counts.nobody + counts.offered + counts.dropped > 0;
  return (
    <>
      <RunState run={run} since={page.since} />
      {found && !run.working ? (
        <>
          <Tabs
            label="What came out"
            tabs={[tab('proposed', 'Proposed'), tab('nobody', 'Without'), tab('offered', 'Offered'), tab('dropped', 'Vetoed')]}
          />
          {page.picks.length === 0 ? (
            <Text c="dimmed" py="md">
              {EMPTY[show]}
            </Text>
          ) : (
            <PickList
              key={`${run.id} ${show} ${page.page} ${page.picks.length}`}
              runId={run.id}
              picks={page.picks}
              deciding={newest}
            />
          )}
          <PageLinks
            page={page.page}
            pages={page.pages}
            total={counts[show]}
            many="requests"
            to={(to) => address({ show, page: String(to) })}
          />
          <Text size="xs" c="dimmed" mt="sm">
            Times are of a usual week in {cityOf(timezone)}.
          </Text>
        </>
      ) : null}
      <Stack gap="md" mt="lg">
        <WishesPanel wishes={wishes} />
        {runs.length > 1 ? <Earlier page={page} /> : null}
      </Stack>
    </>
  );
}

function Earlier({ page: { run, runs } }: { page: Matching }) {
  return (
    <Panel title="Earlier runs">
      <ul className={styles.wishes}>
        {runs.map((one) => (
          <li key={one.id}>
            <span>
              <Anchor component={Link} to={`?run=${one.id}`} size="sm" aria-current={one.id === run.id ? 'true' : undefined}>
                <DateTime value={one.createdAt} plain />
              </Anchor>
              {one.progress.placed === null ? '' : `: ${one.progress.placed} of ${one.progress.requests} have a tutor`}
            </span>
            <StatusBadge label={STATUS_WORDS[one.status]} tone={STATUS_TONES[one.status]} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
