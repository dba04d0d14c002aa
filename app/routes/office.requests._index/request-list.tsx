import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { customColumns } from '#app/ui/custom-columns.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { PageLinks, Tabs } from '../planning-pages/tabs.tsx';
import { URGENCY_TONES, URGENCY_WORDS } from '../request-pages/request-words.ts';
import type { ListPage } from './load-pipeline.server.ts';
import { pipelineAddress } from './pipeline-address.ts';

const NONE = { open: 'No request is open.', won: 'None has come to an engagement.', lost: 'None was lost.' };

/** Requests line by line, as many as there are, page by page. */
export function RequestList({ page }: { page: ListPage }) {
  const { filter, show, stage, counts } = page;
  const address = (over: Record<string, string>) => pipelineAddress(filter, { view: 'list', ...over });
  const here: Record<string, string> = stage ? { stage: stage.id } : { show };
  const tab = (one: typeof show, label: string) => ({
    to: address({ show: one }),
    label: `${label} (${counts[one]})`,
    current: !stage && show === one,
  });
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Tabs label="Which requests" tabs={[tab('open', 'Open'), tab('won', 'Engaged'), tab('lost', 'Lost')]} />
        {stage ? (
          <Text size="sm">
            In <strong>{stage.name}</strong>: {page.count}.{' '}
            <Anchor component={Link} to={address({ show: 'open' })} size="sm">
              All stages
            </Anchor>
          </Text>
        ) : null}
      </Group>
      {page.rows.length === 0 ? (
        <Text c="dimmed" py="md">
          {counts[show] === 0 && !stage && !filter.q ? NONE[show] : 'None matches.'}
        </Text>
      ) : (
        <DataTable
          caption="Requests"
          rows={page.rows}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'student',
              header: 'Student',
              primary: true,
              cell: (row) => (
                <Anchor component={Link} to={`/office/requests/${row.id}`} inherit fw={500}>
                  {row.name}
                </Anchor>
              ),
            },
            { key: 'client', header: 'Client', wideOnly: true, cell: (row) => row.clientName },
            { key: 'subject', header: 'Subject', cell: (row) => row.subject },
            { key: 'amount', header: 'How often', cell: (row) => row.amount },
            { key: 'where', header: 'Where', wideOnly: true, cell: (row) => row.where },
            ...customColumns<(typeof page.rows)[number]>(page.custom.columns, page.custom.values),
            { key: 'stage', header: 'Stage', cell: (row) => row.stageName },
            {
              key: 'since',
              header: show !== 'open' ? 'Closed' : 'There for',
              cell: (row) =>
                row.closed ? (
                  <DateTime value={row.stageSince} show="date" plain />
                ) : row.ageing ? (
                  <StatusBadge label={row.since} tone="attention" />
                ) : (
                  row.since
                ),
            },
            {
              key: 'urgency',
              header: show === 'lost' ? 'Why' : 'Urgency',
              cell: (row) =>
                show === 'lost' ? (
                  row.closedReason
                ) : row.urgency === 'normal' ? null : (
                  <StatusBadge label={URGENCY_WORDS[row.urgency]} tone={URGENCY_TONES[row.urgency]} />
                ),
            },
            { key: 'assignee', header: 'Works on it', cell: (row) => row.assigneeName },
          ]}
        />
      )}
      <PageLinks
        page={page.at}
        pages={page.pages}
        total={page.count}
        many="requests"
        to={(to) => address({ ...here, page: String(to) })}
      />
    </>
  );
}
