import { Alert, Anchor, Code, Container, Stack, Table, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { isDomainError } from '#app/domain/errors.ts';
import { mailsAreShown } from '#app/domain/messages/mails-shown.ts';
import { getMail } from '#app/domain/messages/queries.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.mail.rendered?.subject ?? 'Mail'} · Lectern` }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  if (!mailsAreShown(context.config)) throw new Response('Not found', { status: 404 });
  try {
    return { mail: await getMail(context.db, params.id ?? '') };
  } catch (error) {
    if (isDomainError(error, 'not_found')) throw new Response(error.message, { status: 404 });
    throw error;
  }
}

export default function SentMail() {
  const { mail } = useLoaderData<typeof loader>();
  const { rendered } = mail;
  return (
    <Container component="main" size="lg" py="xl">
      <Stack gap="md">
        <Anchor component={Link} to="/dev/mails" size="sm">
          All sent mails
        </Anchor>
        <Title order={1}>{rendered?.subject ?? mail.template}</Title>
        <Table fz="sm" withRowBorders={false} verticalSpacing={2} w="auto">
          <Table.Tbody>
            <Fact label="To" value={`${mail.toName} <${mail.toAddress}>`} />
            <Fact label="State" value={mail.status} />
            <Fact label="Template" value={mail.template} />
          </Table.Tbody>
        </Table>
        {mail.error && (
          <Alert color="red" title="It could not be sent">
            {mail.error}
          </Alert>
        )}
        {rendered ? (
          <>
            <iframe
              title="The mail as HTML"
              srcDoc={rendered.html}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              style={{
                width: '100%',
                height: 640,
                border: '1px solid var(--mantine-color-default-border)',
                borderRadius: 'var(--mantine-radius-sm)',
              }}
            />
            <Title order={2}>As text</Title>
            <Code block style={{ whiteSpace: 'pre-wrap' }}>
              {rendered.text}
            </Code>
            {rendered.calendar && (
              <>
                <Title order={2}>Attachment</Title>
                <Anchor href={`/dev/mails/${mail.id}/calendar`} download={rendered.calendar.filename} size="sm">
                  {rendered.calendar.filename}
                </Anchor>
                <Code block style={{ whiteSpace: 'pre-wrap' }}>
                  {rendered.calendar.content}
                </Code>
              </>
            )}
          </>
        ) : (
          <Text>What this mail said is no longer kept.</Text>
        )}
      </Stack>
    </Container>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" pl={0} fw={400} c="dimmed">
        {label}
      </Table.Th>
      <Table.Td>{value}</Table.Td>
    </Table.Tr>
  );
}
