import { Anchor, Badge, Container, Stack, Table, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { mailsAreShown } from '#app/domain/messages/mails-shown.ts';
import { listMails } from '#app/domain/messages/queries.server.ts';

export const meta: MetaFunction = () => [{ title: 'Sent mails · Lectern' }];

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

export default function SentMails() {
  const { mails } = useLoaderData<typeof loader>();
  return (
    <Container component="main" size="lg" py="xl">
      <Stack gap="md">
        <div>
          <Title order={1}>Sent mails</Title>
          <Text c="dimmed" size="sm">
            No mail server is set up here, so mails are kept on this page instead. With SMTP_URL they go out, and this page is
            gone.
          </Text>
        </div>
        {mails.length === 0 ? (
          <Text>
            Nothing yet. Book a session or invite someone, and their mail appears here a moment later.{' '}
            <Anchor component={Link} to="/">
              Go to the start
            </Anchor>
          </Text>
        ) : (
          <Table.ScrollContainer minWidth={560} tabIndex={0} role="region" aria-label="Sent mails">
            <Table fz="sm" verticalSpacing={6} className="tabular">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Subject</Table.Th>
                  <Table.Th>To</Table.Th>
                  <Table.Th>State</Table.Th>
                  <Table.Th>Written (UTC)</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {mails.map((mail) => (
                  <Table.Tr key={mail.id}>
                    <Table.Td>
                      <Anchor component={Link} to={`/dev/mails/${mail.id}`} size="sm">
                        {mail.subject}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>{mail.to}</Table.Td>
                    <Table.Td>
                      <Badge variant="default" color={mail.status === 'failed' ? 'red' : undefined} radius="sm">
                        {mail.status}
                      </Badge>
                    </Table.Td>
                    <Table.Td style={{ whiteSpace: 'nowrap' }}>{mail.at}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Stack>
    </Container>
  );
}
