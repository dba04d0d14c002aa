import { Anchor, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { countBookingRequests, listBookingRequests } from '#app/domain/booking-requests/queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { viewRequest } from '../planning-pages/request-view.ts';
import { Tabs } from '../planning-pages/tabs.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';

const HELP = {
  text: 'What families and tutors ask for and may not book themselves. Accept it, decline it with a reason, or offer other times: who asked is told.',
  about: 'office/planning',
} as const;

export const meta: MetaFunction = () => [{ title: 'Booking requests · Lectern' }];

const SHOWS = {
  open: { statuses: ['open'], order: 'oldest' },
  offered: { statuses: ['proposed'], order: 'oldest' },
  answered: { statuses: ['accepted', 'declined', 'withdrawn'], order: 'newest' },
} as const;
type Show = keyof typeof SHOWS;

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'booking-request.list');
  const { db } = args.context;
  const { organisation, reader } = await readerFor(user, args.context);
  const asked = new URL(args.request.url).searchParams.get('show');
  const show: Show = asked === 'offered' || asked === 'answered' ? asked : 'open';
  const [rows, counts] = await Promise.all([listBookingRequests(db, { ...SHOWS[show], limit: 100 }), countBookingRequests(db)]);
  const currency = can(user, 'rates.charge.read') ? organisation.currency : null;
  return { show, counts, rows: rows.map((row) => viewRequest(row, { reader, as: 'office', currency })) };
}

const NONE: Record<Show, string> = {
  open: 'Everything is answered.',
  offered: 'No times are offered that somebody has still to choose from.',
  answered: 'Nothing was answered yet.',
};

export default function Requests() {
  const { show, counts, rows } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Booking requests"
        description="What families, guests and tutors ask for: a new session, another time, or to cancel. Nothing is taken until you accept."
      />
      <Tabs
        label="Which requests"
        tabs={[
          { to: '?show=open', label: `To answer (${counts.open})`, current: show === 'open' },
          { to: '?show=offered', label: `Times offered (${counts.proposed})`, current: show === 'offered' },
          { to: '?show=answered', label: 'Answered', current: show === 'answered' },
        ]}
      />
      <div style={{ height: 12 }} />
      {rows.length === 0 && show === 'open' ? (
        <EmptyState
          title="Everything is answered"
          text="What families ask for from their pages and from the public booking page appears here."
        />
      ) : rows.length === 0 ? (
        <Text c="dimmed">{NONE[show]}</Text>
      ) : (
        <DataTable
          caption="Requests"
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'what',
              header: 'What',
              primary: true,
              cell: (row) => (
                <Anchor component={Link} to={`/office/booking-requests/${row.id}`} inherit fw={500}>
                  {row.what}
                </Anchor>
              ),
            },
            {
              key: 'who',
              header: 'Who',
              cell: (row) => (
                <div>
                  {row.title}: {row.who}
                  {row.session ? (
                    <Text size="xs" c="dimmed">
                      Planned: {row.session.when}
                    </Text>
                  ) : null}
                </div>
              ),
            },
            { key: 'wanted', header: 'Asked for', cell: (row) => <span className="tabular">{row.wanted ?? ''}</span> },
            {
              key: 'now',
              header: 'As things stand',
              cell: (row) =>
                row.waiting ? (
                  row.trouble ? (
                    <Text size="sm" c="var(--mantine-color-error)" span>
                      {row.trouble}
                    </Text>
                  ) : (
                    'Nothing in the way'
                  )
                ) : (
                  <StatusBadge label={row.state.label} tone={row.state.tone} />
                ),
            },
            { key: 'from', header: 'From', cell: (row) => `${row.askedBy} (${row.from.toLowerCase()})` },
            { key: 'to', header: 'Answers', cell: (row) => row.routedTo, wideOnly: true },
            { key: 'age', header: 'Waits', align: 'right', cell: (row) => <span className="tabular">{row.age}</span> },
          ]}
        />
      )}
    </>
  );
}
