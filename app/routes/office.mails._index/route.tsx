import { Anchor, Button, Group, SimpleGrid, TextInput } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { MAIL_EVENTS } from '#app/domain/messages/mail-events.ts';
import { countMails, listBlockedAddresses, listMailLog } from '#app/domain/messages/mail-log-queries.server.ts';
import { MAIL_STATES, type MailState } from '#app/domain/messages/mail-states.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { addDays } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { MailTable } from '../mail-log/mail-table.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import { mailFilterQuery, readMailFilter } from './mail-filter.ts';

const HELP = {
  text: 'Every mail that went out or waits: to whom, whether it arrived, and how it read. Send one again, or clear an address that mails came back from.',
  about: 'office/messages',
} as const;

export const meta: MetaFunction = () => [{ title: 'Mails · Lectern' }];

const PAGE = 50;
const COUNTED_DAYS = 30;

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'mails.read');
  const { db, clock, config } = args.context;
  const filter = readMailFilter(new URL(args.request.url).searchParams);
  const { timezone } = await getOrganisation(db);
  const [mails, counts, blocked] = await Promise.all([
    listMailLog(db, {
      state: filter.state || undefined,
      person: filter.person || undefined,
      template: filter.template || undefined,
      sessionId: filter.session || undefined,
      from: filter.from || undefined,
      to: filter.to ? addDays(filter.to, 1) : undefined,
      zone: timezone,
      beforeId: filter.before || undefined,
      limit: PAGE + 1,
    }),
    countMails(db, { now: clock(), days: COUNTED_DAYS }),
    listBlockedAddresses(db),
  ]);
  const last = mails.length > PAGE ? mails[PAGE - 1] : undefined;
  return {
    filter,
    counts,
    blocked: blocked.length,
    mails: mails.slice(0, PAGE),
    older: last ? mailFilterQuery({ ...filter, before: last.id }) : null,
    captured: !config.smtpUrl,
  };
}

const templates = MAIL_EVENTS.map(([id, event]) => ({ id, name: event.name })).sort((a, b) => a.name.localeCompare(b.name));

export default function MailLog() {
  const { filter, counts, blocked, mails, older, captured } = useLoaderData<typeof loader>();
  const states = (Object.keys(MAIL_STATES) as MailState[]).map((state) => ({
    id: state,
    name: counts[state] > 0 ? `${MAIL_STATES[state].label} (${counts[state]})` : MAIL_STATES[state].label,
  }));
  const filtered = Object.values(filter).some((value) => value !== '');
  return (
    <>
      <PageHeader
        help={HELP}
        title="Mails"
        description={
          captured
            ? 'Every mail that was written. No mail server is set up here, so they are kept to be read and none leaves the house. The numbers are of the last 30 days.'
            : 'Every mail that went out or is to, whether it arrived, and why not. The numbers are of the last 30 days.'
        }
        actions={
          <Group gap="md">
            <Anchor component={Link} to="/office/mails/blocked" size="sm">
              {blocked === 0 ? 'Blocked addresses' : `Blocked addresses (${blocked})`}
            </Anchor>
            <Anchor component={Link} to="/office/settings/mails" size="sm">
              Who gets what
            </Anchor>
          </Group>
        }
      />
      <Form method="get" key={JSON.stringify(filter)} role="search" aria-label="Mails">
        {filter.session ? <input type="hidden" name="session" value={filter.session} /> : null}
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="xs" mb="md" style={{ alignItems: 'end' }}>
          <ChoiceSelect size="xs" name="state" label="State" none="All" choices={states} defaultValue={filter.state} />
          <TextInput size="xs" name="person" label="Name or address" defaultValue={filter.person} />
          <ChoiceSelect size="xs" name="template" label="Mail" none="All" choices={templates} defaultValue={filter.template} />
          <TextInput size="xs" type="date" name="from" label="From" defaultValue={filter.from} />
          <TextInput size="xs" type="date" name="to" label="Until" defaultValue={filter.to} />
          <Group gap="sm" wrap="nowrap">
            <Button type="submit" size="xs" variant="default">
              Show
            </Button>
            {filtered ? (
              <Anchor component={Link} to="/office/mails" size="xs">
                Show all
              </Anchor>
            ) : null}
          </Group>
        </SimpleGrid>
      </Form>
      {mails.length > 0 ? (
        <MailTable mails={mails} caption="Mails, the newest first" />
      ) : filtered ? (
        <EmptyState
          title="No such mail"
          text="Nothing that was written fits this. Take something out of the search."
          action={{ to: '/office/mails', label: 'Show all mails' }}
        />
      ) : (
        <EmptyState
          title="No mails yet"
          text="Whatever goes out to families, tutors and the office stands here a moment later: what it said, and whether it arrived."
          action={{ to: '/office/sessions/new', label: 'Book a session' }}
        />
      )}
      {older || filter.before ? (
        <Group component="nav" aria-label="Pages of the log" gap="md" mt="sm">
          {filter.before ? (
            <Anchor component={Link} to={`/office/mails${mailFilterQuery({ ...filter, before: '' })}`} size="sm">
              Newest
            </Anchor>
          ) : null}
          {older ? (
            <Anchor component={Link} to={`/office/mails${older}`} size="sm" rel="next">
              Older
            </Anchor>
          ) : null}
        </Group>
      ) : null}
    </>
  );
}
