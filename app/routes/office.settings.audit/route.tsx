import { Anchor, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listAudit, listAuditChoices } from '#app/domain/audit/queries.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { historyLine, sentence } from '#app/ui/record-history-words.ts';
import { AuditFilterForm } from './audit-filter-form.tsx';
import { addDay, filterParams, readAuditFilter, recordPath } from './filter.server.ts';

export const meta: MetaFunction = () => [{ title: 'Audit log · Lectern' }];

const PAGE = 50;

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'audit.read');
  const { db } = args.context;
  const filter = readAuditFilter(new URL(args.request.url).searchParams);
  const { timezone } = await getOrganisation(db);
  const [rows, choices] = await Promise.all([
    listAudit(db, {
      subjectType: filter.kind || undefined,
      actorUserId: filter.who || undefined,
      from: filter.from || undefined,
      to: filter.to ? addDay(filter.to) : undefined,
      zone: timezone,
      beforeId: filter.before === '' ? undefined : BigInt(filter.before),
      limit: PAGE + 1,
    }),
    listAuditChoices(db),
  ]);
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return {
    filter,
    choices: { kinds: choices.subjectTypes.map((type) => ({ id: type, name: sentence(type) })), actors: choices.actors },
    older: last ? `?${filterParams({ ...filter, before: last.id.toString() })}` : null,
    lines: rows.slice(0, PAGE).map((row) => ({ ...historyLine(row), kind: sentence(row.subjectType), path: recordPath(row) })),
  };
}

export default function AuditLog() {
  const { filter, choices, older, lines } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title="Audit log"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="Every change, with who made it and when. Nobody can change the log; of personal facts it keeps only that they changed."
      />
      <AuditFilterForm filter={filter} choices={choices} />
      {lines.length === 0 ? (
        <Text c="dimmed" py="md">
          Nothing was logged for this. <Link to="/office/settings/audit">Show everything</Link>
        </Text>
      ) : (
        <DataTable
          caption="Changes, the newest first"
          rows={lines}
          rowKey={(line) => line.id}
          columns={[
            { key: 'at', header: 'When', cell: (line) => <DateTime value={line.at} plain /> },
            { key: 'by', header: 'Who', cell: (line) => line.by },
            {
              key: 'what',
              header: 'What',
              primary: true,
              cell: (line) =>
                line.path ? (
                  <Anchor component={Link} to={line.path} size="sm">
                    {line.kind}: {line.what.toLowerCase()}
                  </Anchor>
                ) : (
                  `${line.kind}: ${line.what.toLowerCase()}`
                ),
            },
            { key: 'changes', header: 'Changes', cell: (line) => line.changes.join('; ') || '–' },
          ]}
        />
      )}
      {older || filter.before ? (
        <nav aria-label="Pages of the log" style={{ display: 'flex', gap: 16, marginTop: 12 }}>
          {filter.before ? (
            <Anchor component={Link} to="/office/settings/audit" size="sm">
              Newest
            </Anchor>
          ) : null}
          {older ? (
            <Anchor component={Link} to={older} size="sm" rel="next">
              Older
            </Anchor>
          ) : null}
        </nav>
      ) : null}
    </>
  );
}
