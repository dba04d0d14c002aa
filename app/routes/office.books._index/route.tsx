import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { booksClosedTo } from '#app/domain/billing/open-day.server.ts';
import { type BookedGroup, countBeforeClosing, listBookedGroups, listClosings } from '#app/domain/books/books-queries.server.ts';
import { closeBooks } from '#app/domain/books/close-books.server.ts';
import { groupLabel } from '#app/domain/books/opens.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Amount } from '../books-pages/amount.tsx';
import { ClosingCard } from '../books-pages/closing-card.tsx';
import { monthOf, periodQuery, presetsOf, readPeriod } from '../money-pages/period.ts';
import { PeriodChoice } from '../money-pages/period-choice.tsx';
import { refusalOf, textOf } from '../money-pages/refusal.server.ts';

const HELP = {
  text: 'The ledger behind invoices, payments, credits and pay: every entry with its counterpart. It can be exported for your accountant.',
  about: 'office/invoices',
} as const;

export const meta: MetaFunction = () => [{ title: 'Books · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  const { shown, period, errors } = readPeriod(new URL(args.request.url).searchParams, today);
  const suggested = monthOf(today, -1).until;
  const [groups, closedTo, closings, before] = await Promise.all([
    period ? listBookedGroups(db, period) : [],
    booksClosedTo(db),
    listClosings(db),
    countBeforeClosing(db, suggested),
  ]);
  return {
    groups,
    closedTo,
    closings,
    before,
    suggested,
    shown,
    errors,
    presets: presetsOf(today),
    mayClose: can(user, 'money.manage'),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'money.manage');
  const form = await request.formData();
  const what = textOf(form, 'do') === 'open' ? 'open' : 'close';
  const closedTo = textOf(form, 'closedTo');
  try {
    await closeBooks(context.db, context, actorOf(user, context), {
      closedTo: what === 'open' && closedTo === '' ? null : closedTo,
      was: textOf(form, 'was') || null,
      reason: textOf(form, 'reason').slice(0, 500),
    });
  } catch (error) {
    return refusalOf(error, form, what);
  }
  const { pathname, search } = new URL(request.url);
  throw redirect(`${pathname}${search}`);
}

const kinds: [string, string, (group: BookedGroup) => boolean][] = [
  ['owns', 'What the company has, and is owed', (group) => group.kind === 'asset'],
  ['owes', 'What it owes', (group) => group.kind === 'liability' || group.kind === 'equity'],
  ['earned', 'What it earned', (group) => group.kind === 'income'],
  ['spent', 'What it spent', (group) => group.kind === 'expense'],
];

export default function Books() {
  const { groups, closedTo, closings, before, suggested, shown, errors, presets, mayClose } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const money = groups.filter((group) => !group.group.startsWith('credits:'));
  const credits = groups.filter((group) => group.group.startsWith('credits:'));
  const query = periodQuery(shown);
  return (
    <>
      <PageHeader
        help={HELP}
        title="Books"
        description="Every amount is posted twice, once where it comes from and once where it goes; nothing that was posted is ever changed."
        actions={
          <>
            <Button component={Link} to={`/office/books/sessions.csv?${query}`} reloadDocument variant="default">
              Sessions as CSV
            </Button>
            <Button component={Link} to="/office/books/journal?format=hledger" reloadDocument variant="default">
              hledger
            </Button>
            <Button component={Link} to="/office/books/journal?format=beancount" reloadDocument variant="default">
              Beancount
            </Button>
          </>
        }
      />
      <ClosingCard
        closedTo={closedTo}
        suggested={suggested}
        before={before}
        last={closings[0]}
        mayClose={mayClose}
        answer={answer}
      />
      <PeriodChoice path="/office/books" shown={shown} presets={presets} errors={errors} />
      {groups.length === 0 ? (
        <EmptyState
          title="Nothing is posted yet"
          text="Sessions that are settled, packages, invoices, payments and pay runs post themselves. Here they come together, and from here your accountant gets them."
          action={{ to: '/office/invoice-runs/new', label: 'Bill a month' }}
        />
      ) : (
        <Stack gap="lg">
          {kinds.map(([key, title, takes]) => (
            <Groups key={key} title={title} groups={money.filter(takes)} query={query} />
          ))}
          <Groups title="Credits" groups={credits} query={query} />
        </Stack>
      )}
      {closings.length === 0 ? null : (
        <section aria-labelledby="closings">
          <Title order={2} id="closings" mt="xl" mb="xs">
            When the books were closed and opened
          </Title>
          <DataTable
            caption="Closings, newest first"
            rows={closings}
            rowKey={(one) => one.id}
            columns={[
              { key: 'when', header: 'When', cell: (one) => <DateTime value={one.decidedAt} /> },
              { key: 'who', header: 'Who', cell: (one) => one.decidedBy ?? 'Lectern' },
              {
                key: 'to',
                header: 'Closed up to',
                primary: true,
                cell: (one) => (one.closedTo ? <LocalDate value={one.closedTo} /> : 'Nothing'),
              },
              { key: 'was', header: 'Before', cell: (one) => (one.was ? <LocalDate value={one.was} /> : 'Nothing') },
              { key: 'why', header: 'Note', cell: (one) => one.reason },
            ]}
          />
          <Text size="sm" mt="sm">
            <Anchor component={Link} to="/office/settings/audit" size="sm">
              Everything that was done, in the audit log
            </Anchor>
          </Text>
        </section>
      )}
    </>
  );
}

function Groups({ title, groups, query }: { title: string; groups: readonly BookedGroup[]; query: string }) {
  if (groups.length === 0) return null;
  return (
    <section>
      <Title order={2} mb="xs">
        {title}
      </Title>
      <DataTable
        caption={title}
        rows={groups}
        rowKey={(row) => row.group}
        columns={[
          {
            key: 'account',
            header: 'Account',
            primary: true,
            cell: (row) => (
              <Group gap={8}>
                <Anchor
                  component={Link}
                  to={`/office/books/group?group=${encodeURIComponent(row.group)}&${query}`}
                  size="sm"
                  fw={500}
                >
                  {groupLabel(row.group)}
                </Anchor>
                <Text size="xs" c="dimmed" component="span">
                  {row.group}
                  {row.accounts > 1 ? `, ${row.accounts} accounts` : ''}
                </Text>
              </Group>
            ),
          },
          {
            key: 'moved',
            header: 'In these days',
            align: 'right',
            cell: (row) => <Amount kind={row.kind} commodity={row.commodity} value={row.moved} />,
          },
          {
            key: 'balance',
            header: 'At their end',
            align: 'right',
            cell: (row) => <Amount kind={row.kind} commodity={row.commodity} value={row.balance} />,
          },
        ]}
      />
    </section>
  );
}
