import { Alert, Button, Stack, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { getRequestHead } from '#app/domain/matching/queries.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { CompareTable } from './compare-table.tsx';
import { loadRanking } from './load-ranking.server.ts';
import { MatchFilters } from './match-filters.tsx';
import { MatchList } from './match-list.tsx';
import { NobodyFits, WhoIsKeptOut } from './rules-panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Tutors for ${data?.head.studentName ?? 'a request'} · Lectern` },
];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'request.manage');
  const { context, request } = args;
  const head = await found(getRequestHead(context.db, recordIdOf(args.params)));
  const { reader } = await readerFor(user, context);
  const params = new URL(request.url).searchParams;
  const ranking = await loadRanking(context, { requestId: head.id, params, reader, seesPay: can(user, 'rates.pay.read') });
  return { head, ranking, maySetWeights: can(user, 'organisation.manage') };
}

export default function MatchOne() {
  const { head, ranking, maySetWeights } = useLoaderData<typeof loader>();
  const back = { to: `/office/requests/${head.id}`, label: `Request ${head.ref}` };
  if (!ranking) {
    return (
      <>
        <PageHeader title="Find a tutor" back={back} />
        <EmptyState
          title="Not enough is known yet"
          text={`Tutors are found once the request has a student and a subject. ${head.studentName ? '' : 'The student is missing. '}${head.subjectName ? '' : 'The subject is missing.'}`}
          action={{ to: `/office/requests/${head.id}/edit`, label: 'Complete the request' }}
        />
      </>
    );
  }
  const { asked, filter, compared, fitting } = ranking;
  return (
    <>
      <PageHeader
        title="Find a tutor"
        back={back}
        description={asked}
        actions={
          <>
            {maySetWeights ? (
              <Button component={Link} to={`/office/settings/matching?request=${head.id}`} variant="default">
                Weights
              </Button>
            ) : null}
            <Button component={Link} to={`/office/requests/${head.id}/edit`} variant="default">
              Edit the request
            </Button>
          </>
        }
      />
      <Stack gap="lg">
        {head.closedAt ? (
          <Alert
            color="gray"
            variant="light"
            title="This request is closed"
            styles={{ title: { color: 'var(--mantine-color-text)' } }}
          >
            <Text size="sm">Here is who would fit it now.</Text>
          </Alert>
        ) : null}
        {compared.length > 0 ? (
          <CompareTable matches={compared} offer={head.closedAt ? null : `/office/requests/${head.id}/offer`} />
        ) : null}
        {fitting === 0 ? (
          <NobodyFits {...ranking} requestId={head.id} />
        ) : (
          <>
            <MatchFilters filter={filter} languages={ranking.languages} />
            <MatchList {...ranking} requestId={head.id} closed={head.closedAt !== null} />
            <WhoIsKeptOut {...ranking} />
          </>
        )}
      </Stack>
    </>
  );
}
