import { Anchor, Container } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { mailsAreShown } from '#app/domain/messages/mails-shown.ts';
import { listMails } from '#app/domain/messages/queries.server.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';

export async function loader({ context }: LoaderFunctionArgs) {
  if (!mailsAreShown(context.config)) throw new Response('Not found', { status: 404 });
  const mails = await listMails(context.db);
  return {
    mails: mails.map((mail) => ({
      id: mail.id,
      subject: mail.rendered?.subject ?? mail.template,
      to: mail.toName ? `${mail.toName} <${mail.toAddress}>` : mail.toAddress,
      status: mail.status,
      at: mail.createdAt.toISOString().slice(0, 16).replace('T', ' '),
    })),
  };
}

export const meta: MetaFunction = () => [{ title: 'Sent mails · Lectern' }];

type Row = ReturnType<typeof useLoaderData<typeof loader>>['mails'][number];

const columns: Column<Row>[] = [
  {
    key: 'subject',
    header: 'Subject',
    primary: true,
    cell: (mail) => (
      <Anchor component={Link} to={`/dev/mails/${mail.id}`} size="sm">
        {mail.subject}
      </Anchor>
    ),
  },
  { key: 'to', header: 'To', cell: (mail) => mail.to },
  { key: 'status', header: 'State', cell: (mail) => mail.status },
  { key: 'at', header: 'Written (UTC)', cell: (mail) => <span className="tabular">{mail.at}</span> },
];

export default function SentMails() {
  const { mails } = useLoaderData<typeof loader>();
  return (
    <Container component="main" size="lg" py="xl">
      <PageHeader
        title="Sent mails"
        description="No mail server is set up here, so mails are kept on this page. With SMTP_URL they go out, and this page is gone."
      />
      {mails.length === 0 ? (
        <EmptyState
          title="No mails yet"
          text="Book a session or invite somebody, and their mail appears here a moment later."
          action={{ to: '/', label: 'Go to the start' }}
        />
      ) : (
        <DataTable caption="Sent mails, the newest first" columns={columns} rows={mails} rowKey={(mail) => mail.id} />
      )}
    </Container>
  );
}
