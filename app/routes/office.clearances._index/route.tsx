import { Anchor, Group, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { daysBetween, daysLeftText } from '#app/domain/clearances/clearance.ts';
import { listClearanceTypes, listStandings } from '#app/domain/clearances/queries.server.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { todayOf } from '../clearance-pages/send-page.server.ts';
import { StandingBadge } from '../clearance-pages/standing-badge.tsx';
import { byUrgency, isShown, SHOWN, shownWords } from './clearance-filter.ts';

const HELP = {
  text: 'Papers that tutors need, and until when each is good. Tutors send them in from their own page; you check them here.',
  about: 'office/people',
} as const;

export const meta: MetaFunction = () => [{ title: 'Clearances · Lectern' }];

const PATH = '/office/clearances';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const { db } = args.context;
  const params = new URL(args.request.url).searchParams;
  const shown = SHOWN.find((one) => one === params.get('show')) ?? 'attention';
  const today = await todayOf(args.context);
  const [types, standings] = await Promise.all([listClearanceTypes(db), listStandings(db, today)]);
  const kinds = types.filter((type) => type.archivedAt === null).map(({ id, name }) => ({ id, name }));
  const kind = kinds.find(({ id }) => id === params.get('type'))?.id ?? null;
  const ofKind = standings.filter((row) => kind === null || row.type.id === kind);
  return {
    shown,
    kind,
    kinds,
    counts: SHOWN.map((one) => ({ shown: one, count: ofKind.filter((row) => isShown(row, one)).length })),
    rows: ofKind
      .filter((row) => isShown(row, shown))
      .sort(byUrgency)
      .map(({ tutor, type, standing, required, clearance }) => ({
        key: `${tutor.id} ${type.id}`,
        tutor,
        type,
        standing,
        required,
        clearance: clearance && { id: clearance.id, until: clearance.until },
        left: clearance?.until && standing !== 'to_check' ? daysLeftText(daysBetween(today, clearance.until)) : '',
      })),
    maySet: can(user, 'organisation.manage'),
  };
}

type Row = Awaited<ReturnType<typeof loader>>['rows'][number];

const columns: Column<Row>[] = [
  {
    key: 'tutor',
    header: 'Tutor',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} to={`/office/tutors/${row.tutor.id}/clearances`} size="sm" fw={500}>
        {row.tutor.name}
      </Anchor>
    ),
  },
  { key: 'type', header: 'Clearance', cell: (row) => row.type.name },
  { key: 'standing', header: 'State', cell: (row) => <StandingBadge standing={row.standing} required={row.required} /> },
  {
    key: 'until',
    header: 'Good until',
    cell: (row) =>
      row.clearance?.until && row.standing !== 'to_check' ? (
        <span>
          <LocalDate value={row.clearance.until} />
          <Text span size="sm" c="dimmed">
            , {row.left}
          </Text>
        </span>
      ) : null,
  },
  { key: 'required', header: 'Required', cell: (row) => (row.required ? 'Yes' : 'No'), wideOnly: true },
  {
    key: 'do',
    header: 'Next',
    cell: (row) =>
      row.standing === 'to_check' && row.clearance ? (
        <Anchor
          component={Link}
          to={`${PATH}/${row.clearance.id}`}
          size="sm"
          aria-label={`Check ${row.type.name} of ${row.tutor.name}`}
        >
          Check
        </Anchor>
      ) : (
        <Anchor
          component={Link}
          to={`/office/tutors/${row.tutor.id}/clearances?type=${row.type.id}`}
          size="sm"
          aria-label={`Add ${row.type.name} of ${row.tutor.name}`}
        >
          Add
        </Anchor>
      ),
  },
];

export default function Clearances() {
  const { shown, kind, kinds, counts, rows, maySet } = useLoaderData<typeof loader>();
  const address = (show: string, type: string | null) => {
    const params = new URLSearchParams({ ...(show === 'attention' ? {} : { show }), ...(type ? { type } : {}) });
    return params.size > 0 ? `${PATH}?${params}` : PATH;
  };
  return (
    <>
      <PageHeader
        help={HELP}
        title="Clearances"
        description="Papers of those who teach or are on the way in: what waits to be checked, what is lacking, what runs out."
      />
      {kinds.length === 0 ? (
        <EmptyState
          title="No clearances are asked for"
          text="Checks, permits and contracts that tutors need are kept with the day they run out, and both sides are reminded in time."
          action={maySet ? { to: '/office/settings/clearances/new', label: 'Add a kind of clearance' } : undefined}
        />
      ) : (
        <>
          <Group gap="md" component="nav" aria-label="Which clearances" mb="xs">
            {counts.map((one) => (
              <Which key={one.shown} to={address(one.shown, kind)} current={one.shown === shown}>
                {shownWords[one.shown]} ({one.count})
              </Which>
            ))}
          </Group>
          {kinds.length > 1 ? (
            <Group gap="md" component="nav" aria-label="Which kind" mb="md">
              <Which to={address(shown, null)} current={kind === null}>
                Every kind
              </Which>
              {kinds.map(({ id, name }) => (
                <Which key={id} to={address(shown, id)} current={kind === id}>
                  {name}
                </Which>
              ))}
            </Group>
          ) : null}
          {rows.length === 0 ? (
            <Text c="dimmed" py="md">
              {shown === 'attention'
                ? 'Nothing to do: nothing waits, nothing is lacking, nothing runs out soon.'
                : 'There is none.'}
            </Text>
          ) : (
            <DataTable caption="Clearances of tutors" columns={columns} rows={rows} rowKey={(row) => row.key} />
          )}
        </>
      )}
    </>
  );
}

function Which({ to, current, children }: { to: string; current: boolean; children: React.ReactNode }) {
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
