import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { policyOf } from '#app/domain/organisation/policies.ts';
import { policyChanges } from '#app/domain/organisation/policy-changes.ts';
import { listPoliciesInUse, listPolicyEdits } from '#app/domain/organisation/policy-history.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { formatMoney } from '#app/ui/format.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { stampText } from '#app/ui/session-when.ts';
import { dayOf } from '#app/ui/waiver-words.ts';
import { ChangeList } from '../policy-pages/change-list.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';

export const meta: MetaFunction = () => [{ title: 'Which rules held when · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { db } = args.context;
  const { organisation, reader } = await readerFor(user, args.context);
  const { currency } = organisation;
  const written = {
    digits: currencyDigits(currency),
    write: (amount: bigint) => formatMoney(amount, currency, reader.locale),
    locale: reader.locale,
  };
  const [edits, versions] = await Promise.all([listPolicyEdits(db), listPoliciesInUse(db)]);
  const now = policyOf(organisation.policies);
  return {
    edits: edits.map(({ id, at, by, program, before, after }) => ({
      id,
      at: stampText(reader, at),
      by,
      program,
      changes: policyChanges(before, after, written),
    })),
    versions: versions.map(({ id, since, policy, sessions, firstDay, lastDay }) => ({
      id,
      since: stampText(reader, since),
      sessions: sessions === 1 ? '1 session' : `${sessions} sessions`,
      days:
        firstDay === lastDay
          ? dayOf(firstDay, reader.locale)
          : `${dayOf(firstDay, reader.locale)} to ${dayOf(lastDay, reader.locale)}`,
      changes: policyChanges(now, policy, written),
    })),
  };
}

export default function PolicyHistory() {
  const { edits, versions } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Which rules held when"
        back={{ to: '/office/settings/policies', label: 'Policies' }}
        description="A session keeps the rules it was booked by, whatever is changed after."
      />
      <Stack gap="xl" maw={820}>
        <Stack gap="sm" component="section" aria-label="Changes">
          <Title order={2}>Changes</Title>
          {edits.length === 0 ? (
            <EmptyState
              title="Nothing was changed yet"
              text="Who changed which rule, when, and from what to what, will stand here."
              action={{ to: '/office/settings/policies', label: 'Look at the rules' }}
            />
          ) : (
            edits.map((edit) => (
              <Paper key={edit.id} withBorder p="md" radius="md">
                <Text size="sm" c="dimmed">
                  {edit.at}, {edit.by}
                  {edit.program ? (
                    <>
                      , for{' '}
                      <Anchor component={Link} to={`/office/programs/${edit.program.id}`} inherit>
                        {edit.program.name}
                      </Anchor>
                    </>
                  ) : null}
                </Text>
                <ChangeList changes={edit.changes} none="Saved without a change to what the rules mean." />
              </Paper>
            ))
          )}
        </Stack>
        {versions.length > 0 ? (
          <Stack gap="sm" component="section" aria-label="Rules that sessions were booked by">
            <Title order={2}>Rules that sessions were booked by</Title>
            {versions.map((version) => (
              <Paper key={version.id} withBorder p="md" radius="md">
                <Text size="sm" fw={600}>
                  {version.sessions}, {version.days}
                </Text>
                <Text size="sm" c="dimmed">
                  First booked by these rules: {version.since}
                </Text>
                <ChangeList changes={version.changes} none="As the company’s rules are now." words={['Now', 'Those sessions']} />
              </Paper>
            ))}
          </Stack>
        ) : null}
      </Stack>
    </>
  );
}
