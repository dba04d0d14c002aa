import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { languageName, shippedLanguages } from '#app/domain/mail-templates/mail-languages.ts';
import { MAILS_THERE_ARE } from '#app/domain/mail-templates/mails-there-are.server.ts';
import { listWrittenLanguages } from '#app/domain/mail-templates/queries.server.ts';
import { AUDIENCE_WORDS, eventOf, mailName } from '#app/domain/messages/mail-events.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { useViewer } from '#app/ui/viewer.ts';

export const meta: MetaFunction = () => [{ title: 'Words of mails · Settings · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'mails.manage');
  const written = await listWrittenLanguages(args.context.db);
  const mails = MAILS_THERE_ARE.map((template) => {
    const event = eventOf(template);
    return {
      template,
      name: mailName(template),
      when: event?.when ?? '',
      group: event?.group ?? 'Others',
      to: (event?.to ?? []).map((audience) => AUDIENCE_WORDS[audience]).join(', '),
      own: written.get(template) ?? [],
    };
  });
  const groups = GROUPS.map((group) => ({ group, mails: mails.filter((mail) => mail.group === group) }));
  return { groups: groups.filter((group) => group.mails.length > 0) };
}

/** What is sent most stands first. */
const GROUPS = ['Sessions', 'Progress', 'Planning', 'Money', 'Accounts and forms', 'Others'];

type Mail = ReturnType<typeof useLoaderData<typeof loader>>['groups'][number]['mails'][number];

export default function MailTemplates() {
  const { groups } = useLoaderData<typeof loader>();
  const { locale } = useViewer();
  const nameOf = (tag: string) => languageName(tag, locale);
  const columns: Column<Mail>[] = [
    {
      key: 'name',
      header: 'Mail',
      primary: true,
      cell: (mail) => (
        <Anchor component={Link} to={`/office/settings/emails/${mail.template}`} size="sm">
          {mail.name}
        </Anchor>
      ),
    },
    { key: 'when', header: 'When', cell: (mail) => mail.when },
    { key: 'to', header: 'Goes to', cell: (mail) => mail.to },
    {
      key: 'state',
      header: 'Words',
      cell: (mail) =>
        mail.own.length > 0 ? (
          <StatusBadge tone="live" label={`Yours: ${mail.own.map(nameOf).join(', ')}`} />
        ) : (
          <Text span size="sm" c="dimmed">
            As they ship
          </Text>
        ),
    },
  ];
  return (
    <>
      <PageHeader
        title="Words of mails"
        back={{ to: '/office/settings', label: 'Settings' }}
        description={`What each mail says. All of them ship in ${shippedLanguages.map(nameOf).join(', ')}; any of them can be put in your own words, in any language.`}
      />
      <Stack gap="xl">
        {groups.map(({ group, mails }) => (
          <Stack key={group} gap="xs" component="section" aria-label={group}>
            <Title order={2}>{group}</Title>
            <DataTable caption={`Mails: ${group}`} columns={columns} rows={mails} rowKey={(mail) => mail.template} />
          </Stack>
        ))}
      </Stack>
    </>
  );
}
