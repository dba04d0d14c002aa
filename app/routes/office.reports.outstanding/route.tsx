import { Anchor, Button, Group, TextInput } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { AGES, ageLabels } from '#app/domain/reports/outstanding.ts';
import { listOutstanding, listOutstandingInvoices } from '#app/domain/reports/outstanding-queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { outstandingQuery, readOutstanding } from '../report-pages/outstanding-filter.ts';
import { ReportFrame } from '../report-pages/report-frame.tsx';
import { OpenInvoices } from './open-invoices.tsx';
import { OutstandingFamilies } from './outstanding-families.tsx';

export const meta: MetaFunction = () => [{ title: 'Outstanding by age · Lectern' }];

const SHOWN = 500;

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'reports.read');
  const { db, clock } = args.context;
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  const { filter, error } = readOutstanding(new URL(args.request.url).searchParams, today);
  const { on, client, age } = filter;
  const narrowed = client !== '' || age !== '';
  const [families, invoices] = await Promise.all([
    error || narrowed ? [] : listOutstanding(db, on),
    error || !narrowed ? [] : listOutstandingInvoices(db, on, { clientId: client || null, age: age || null, limit: SHOWN }),
  ]);
  return { today, filter, error, narrowed, families, invoices };
}

const path = '/office/reports/outstanding';

export default function Outstanding() {
  const { today, filter, error, narrowed, families, invoices } = useLoaderData<typeof loader>();
  return (
    <ReportFrame id="outstanding" query={outstandingQuery(filter)}>
      <Form method="get" action={path} role="search" aria-label="Which day" className="no-print" noValidate>
        <Group gap="sm" align="flex-end" mb="lg">
          <TextInput
            key={filter.on}
            id="on"
            name="on"
            type="date"
            label="At the end of"
            defaultValue={filter.on}
            error={error}
            max={today}
            size="xs"
          />
          <Button type="submit" variant="default" size="xs">
            Show
          </Button>
          {filter.on === today ? null : (
            <Anchor component={Link} to={path} size="sm" pb={4}>
              Today
            </Anchor>
          )}
        </Group>
      </Form>
      {error ? null : narrowed ? (
        <>
          <Group gap="md" mb="sm">
            <Anchor component={Link} to={`${path}?${outstandingQuery({ on: filter.on, client: '', age: '' })}`} size="sm">
              All families
            </Anchor>
            {AGES.map((age) => (
              <Anchor
                key={age}
                component={Link}
                to={`${path}?${outstandingQuery({ ...filter, age })}`}
                size="sm"
                fw={age === filter.age ? 600 : 400}
                aria-current={age === filter.age ? 'page' : undefined}
              >
                {ageLabels[age]}
              </Anchor>
            ))}
          </Group>
          <OpenInvoices invoices={invoices} />
        </>
      ) : families.length === 0 ? (
        <EmptyState
          title="Nothing is outstanding"
          text="Invoices that are not all paid are listed here by family, by how long ago they were due."
          action={{ to: '/office/invoices', label: 'Show the invoices' }}
        />
      ) : (
        <OutstandingFamilies families={families} filter={filter} />
      )}
    </ReportFrame>
  );
}
