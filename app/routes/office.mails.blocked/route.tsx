import { Anchor, Group, Stack, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { blockAddress } from '#app/domain/messages/block-address.server.ts';
import { clearAddress } from '#app/domain/messages/clear-address.server.ts';
import { listBlockedAddresses } from '#app/domain/messages/mail-log-queries.server.ts';
import { blockForm } from '#app/domain/messages/resend-mail.schema.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordFields } from '#app/ui/record-answer.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm } from '#app/ui/record-form.server.ts';
import { SettingsForm } from '../office.settings.documents/settings-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Blocked addresses · Lectern' }];

const HERE = '/office/mails/blocked';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'mails.read');
  return { blocked: await listBlockedAddresses(args.context.db) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'mails.manage');
  const { context, request } = args;
  const form = await request.formData();
  const actor = actorOf(user, context);
  if (form.get('intent') === 'clear') {
    await clearAddress(context.db, actor, { address: String(form.get('address') ?? '').replaceAll('\0', '') });
    return redirect(HERE);
  }
  const read = readRecord(blockForm, form);
  if (!read.ok) return refusedForm(read.answer);
  await blockAddress(context.db, context, actor, read.value);
  return redirect(HERE);
}

const labels = { address: 'Address', detail: 'Why' };

const CAUSES: Record<string, string> = {
  hard: 'There is no such mailbox',
  complaint: 'Our mails were told as spam',
  by_hand: 'Blocked by the office',
};

export default function BlockedAddresses() {
  const { blocked } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field } = recordFields({}, answer);
  return (
    <Stack gap="md">
      <PageHeader
        title="Blocked addresses"
        back={{ to: '/office/mails', label: 'Mails' }}
        description="Nothing is sent here: mails came back, somebody told them as spam, or the office said so. What is withheld stands in the log."
      />
      {blocked.length === 0 ? (
        <EmptyState
          title="No address is blocked"
          text="An address that mails come back from is blocked by itself, and the office gets a task to ask for another."
          action={{ to: '/office/mails', label: 'See the mails' }}
        />
      ) : (
        <DataTable
          caption="Blocked addresses, the latest first"
          rows={blocked}
          rowKey={(one) => one.address}
          columns={[
            { key: 'address', header: 'Address', primary: true, cell: (one) => one.address },
            {
              key: 'why',
              header: 'Why',
              cell: (one) => [CAUSES[one.cause], one.detail].filter(Boolean).join(': '),
            },
            { key: 'at', header: 'Since', cell: (one) => <DateTime value={one.createdAt} plain /> },
            {
              key: 'do',
              header: '',
              align: 'right',
              cell: (one) => (
                <Group gap="md" justify="flex-end" wrap="nowrap">
                  <Anchor component={Link} to={`/office/mails?person=${encodeURIComponent(one.address)}`} size="sm">
                    Its mails
                  </Anchor>
                  <ConfirmButton
                    label="Clear"
                    size="xs"
                    confirm="Clear the address"
                    consequence="From now on mails go there again. What was withheld can be sent again one by one."
                    fields={{ intent: 'clear', address: one.address }}
                  />
                </Group>
              ),
            },
          ]}
        />
      )}
      <Panel title="Block an address">
        <SettingsForm intent="block" submit="Block it" answer={answer} labels={labels}>
          <TextInput {...field('address')} type="email" label={labels.address} required maw={420} />
          <TextInput
            {...field('detail')}
            label={labels.detail}
            placeholder="Asked on the phone for no more mails"
            description="For whoever wonders later"
            maw={420}
          />
        </SettingsForm>
      </Panel>
    </Stack>
  );
}
