import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { mailName } from '#app/domain/messages/mail-events.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { MailState } from './mail-state.tsx';

export interface MailRow {
  id: string;
  template: string;
  toName: string;
  toAddress: string;
  status: string;
  error: string | null;
  attempts: number;
  createdAt: Date | string;
  sentAt: Date | string | null;
  nextAt: Date | string | null;
  doubtfulAt: Date | string | null;
  resendOf: string | null;
}

const what: Column<MailRow> = {
  key: 'what',
  header: 'Mail',
  primary: true,
  cell: (mail) => (
    <Anchor component={Link} to={`/office/mails/${mail.id}`} size="sm">
      {mailName(mail.template)}
      {mail.resendOf ? ' (again)' : ''}
    </Anchor>
  ),
};

const columns: Column<MailRow>[] = [
  what,
  {
    key: 'to',
    header: 'To',
    cell: (mail) => (
      <div>
        {mail.toName}
        <Text span size="xs" c="dimmed" display="block" style={{ overflowWrap: 'anywhere' }}>
          {mail.toAddress}
        </Text>
      </div>
    ),
  },
  { key: 'state', header: 'State', cell: (mail) => <MailState mail={mail} /> },
  { key: 'at', header: 'Written', cell: (mail) => <DateTime value={mail.createdAt} plain /> },
];

/** The mails of the log, of a person or of a session. */
export function MailTable({ mails, caption }: { mails: readonly MailRow[]; caption: string }) {
  return <DataTable caption={caption} columns={columns} rows={mails} rowKey={(mail) => mail.id} />;
}
