import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { IconSearch } from '@tabler/icons-react';
import { authorize } from '#app/auth/authorize.server.ts';
import { countEngagements, listEngagements, listIdleEngagements } from '#app/domain/engagements/queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { viewEngagement } from '../planning-pages/engagement-view.ts';
import { PageLinks, Tabs } from '../planning-pages/tabs.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';

const HELP = {
  text: 'Which tutor teaches which student what, at which rate, and who may plan it. One without sessions ahead is pointed out.',
  about: 'office/matching',
} as const;

const PAGE_SIZE = 50;
const SHOWS = ['open', 'idle', 'ended'] as const;

export const meta: MetaFunction = () => [{ title: 'Engagements · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'engagement.manage');
  const { db } = args.context;
  const { reader } = await readerFor(user, args.context);
  const params = new URL(args.request.url).searchParams;
  const show = SHOWS.find((one) => one === params.get('show')) ?? 'open';
  const text = (params.get('q') ?? '').trim().slice(0, 100);
  const asked = Number(params.get('page') ?? '1');
  const { now } = reader;
  const [idle, open, ended] = await Promise.all([
    listIdleEngagements(db, now),
    countEngagements(db, now, { open: true }),
    countEngagements(db, now, { open: false }),
  ]);
  const filter = show === 'idle' ? { ids: idle.map((row) => row.id), text } : { open: show === 'open', text };
  const total = await countEngagements(db, now, filter);
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = Number.isInteger(asked) && asked > 0 ? Math.min(asked, pages) : 1;
  const rows = await listEngagements(db, now, { ...filter, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE });
  return {
    show,
    text,
    page,
    pages,
    total,
    counts: { open, idle: idle.length, ended },
    rows: rows.map((row) => viewEngagement(row, reader)),
  };
}

const NONE = {
  open: 'No engagement is open.',
  idle: 'Every open engagement has a session planned, or has not waited long.',
  ended: 'None has ended.',
};

export default function Engagements() {
  const { show, text, page, pages, total, counts, rows } = useLoaderData<typeof loader>();
  const add = { to: '/office/engagements/new', label: 'Engage a tutor' };
  const address = (over: Record<string, string>) => `?${new URLSearchParams({ show, ...(text ? { q: text } : {}), ...over })}`;
  return (
    <>
      <PageHeader
        help={HELP}
        title="Engagements"
        description="Which tutor is matched to which student, and who may plan their sessions."
        actions={
          <Button component={Link} to={add.to}>
            {add.label}
          </Button>
        }
      />
      {counts.open + counts.ended === 0 ? (
        <EmptyState
          title="No engagements yet"
          text="An engagement matches a tutor to a student for a subject. It says who may plan their sessions, and whether enough is planned."
          action={add}
        />
      ) : (
        <>
          <Group justify="space-between" gap="sm" mb="sm" align="flex-end">
            <Form method="get" role="search">
              <Group gap="xs" wrap="nowrap" align="flex-end">
                <input type="hidden" name="show" value={show} />
                <TextInput
                  key={text}
                  type="search"
                  name="q"
                  defaultValue={text}
                  aria-label="Search engagements by student, tutor, subject or program"
                  placeholder="Student, tutor, subject"
                  leftSection={<IconSearch size={16} aria-hidden />}
                  w={{ base: 220, sm: 300 }}
                />
                <Button type="submit" variant="default">
                  Search
                </Button>
              </Group>
            </Form>
            <Tabs
              label="Which engagements"
              tabs={[
                { to: address({ show: 'open', page: '1' }), label: `Open (${counts.open})`, current: show === 'open' },
                { to: address({ show: 'idle', page: '1' }), label: `Nothing planned (${counts.idle})`, current: show === 'idle' },
                { to: address({ show: 'ended', page: '1' }), label: `Ended (${counts.ended})`, current: show === 'ended' },
              ]}
            />
          </Group>
          {rows.length === 0 ? (
            <Text c="dimmed" py="md">
              {text ? `None matches “${text}”.` : NONE[show]}
            </Text>
          ) : (
            <DataTable
              caption="Engagements"
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  key: 'student',
                  header: 'Student',
                  primary: true,
                  cell: (row) => (
                    <Anchor component={Link} to={`/office/engagements/${row.id}`} inherit fw={500}>
                      {row.studentName}
                    </Anchor>
                  ),
                },
                { key: 'tutor', header: 'Tutor', cell: (row) => row.tutorName },
                { key: 'subject', header: 'Subject', cell: (row) => row.subject },
                { key: 'program', header: 'Program', cell: (row) => row.program, wideOnly: true },
                { key: 'who', header: 'Who may schedule', cell: (row) => row.who },
                {
                  key: 'hours',
                  header: 'This week',
                  align: 'right',
                  cell: (row) => <span className="tabular">{row.hours}</span>,
                },
                { key: 'next', header: 'Next session', cell: (row) => row.next?.text ?? '' },
                { key: 'state', header: 'State', cell: (row) => <StatusBadge label={row.state.label} tone={row.state.tone} /> },
              ]}
            />
          )}
          <PageLinks
            page={page}
            pages={pages}
            total={total}
            many="engagements"
            to={(number) => address({ page: String(number) })}
          />
        </>
      )}
    </>
  );
}
