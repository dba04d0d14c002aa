import { randomUUID } from 'node:crypto';
import { Alert, Anchor, Stack, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { clearAddress } from '#app/domain/messages/clear-address.server.ts';
import { mailName } from '#app/domain/messages/mail-events.ts';
import { getMailEntry } from '#app/domain/messages/mail-log-queries.server.ts';
import { getMail } from '#app/domain/messages/queries.server.ts';
import { resendForm } from '#app/domain/messages/resend-mail.schema.ts';
import { resendMail, whyNotAgain } from '#app/domain/messages/resend-mail.server.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordFields } from '#app/ui/record-answer.ts';
import { Facts, Panel } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { MailState } from '../mail-log/mail-state.tsx';
import { RenderedMailView } from '../mail-log/rendered-mail.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.subject ?? 'Mail'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'mails.read');
  const { db } = args.context;
  try {
    const { data: _, ...mail } = await getMailEntry(db, args.params.id ?? '');
    const { rendered } = await getMail(db, mail.id);
    return {
      mail,
      rendered,
      subject: rendered?.subject ?? mailName(mail.template),
      refused: whyNotAgain(mail) ?? null,
      key: randomUUID(),
    };
  } catch (error) {
    if (isDomainError(error, 'not_found')) throw notFound();
    throw error;
  }
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'mails.manage');
  const { context, request, params } = args;
  const form = await request.formData();
  const actor = actorOf(user, context);
  const mailId = params.id ?? '';
  try {
    if (form.get('intent') === 'clear') {
      const { toAddress } = await getMailEntry(context.db, mailId);
      await clearAddress(context.db, actor, { address: toAddress });
      return redirect(`/office/mails/${mailId}`);
    }
    const read = readRecord(resendForm, form);
    if (!read.ok) return refusedForm(read.answer);
    const again = await resendMail(context.db, context, actor, { mailId, ...read.value });
    return redirect(`/office/mails/${again}`);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

export default function SentMail() {
  const { mail, rendered, subject, refused, key } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field } = recordFields({ address: [mail.toAddress] }, answer);
  return (
    <>
      <PageHeader
        title={subject}
        back={{ to: '/office/mails', label: 'Mails' }}
        description={`${mailName(mail.template)}, to ${mail.toName || mail.toAddress}`}
        actions={
          refused ? null : (
            <ConfirmButton
              label="Send again"
              confirm="Send it again"
              consequence="The same words go out once more, at once."
              fields={{ key }}
            >
              <TextInput {...field('address')} type="email" label="To" required />
            </ConfirmButton>
          )
        }
      />
      {answer?.message ? <Alert color="red" variant="light" role="alert" mb="md" title={answer.message} /> : null}
      {answer?.errors.address ? <Alert color="red" variant="light" role="alert" mb="md" title={answer.errors.address} /> : null}
      {mail.block ? (
        <Alert color="yellow" variant="light" mb="md" title="Nothing is sent to this address">
          <Stack gap="sm" align="flex-start">
            <Text size="sm">
              {CAUSES[mail.block.cause]} since <DateTime value={mail.block.createdAt} plain />
              {mail.block.detail ? `: ${mail.block.detail}` : '.'}
            </Text>
            <ConfirmButton
              label="Send there again"
              align="start"
              size="xs"
              confirm="Clear the address"
              consequence="From now on mails go to this address again. What was withheld can be sent again one by one."
              fields={{ intent: 'clear' }}
            />
          </Stack>
        </Alert>
      ) : null}
      <Panel title="What became of it">
        <Facts
          rows={[
            ['State', <MailState key="state" mail={mail} />],
            ['To', `${mail.toName} <${mail.toAddress}>`],
            ['Written', <DateTime key="at" value={mail.createdAt} />],
            ['Sent', mail.sentAt ? <DateTime key="sent" value={mail.sentAt} /> : null],
            ['Came back', mail.bouncedAt ? <DateTime key="bounced" value={mail.bouncedAt} /> : null],
            ['Tried', mail.attempts > 1 ? `${mail.attempts} times` : null],
            ['About', <About key="about" mail={mail} />],
            ['Sent again', refused && mail.status !== 'queued' ? refused : null],
          ]}
        />
      </Panel>
      {rendered ? (
        <RenderedMailView rendered={rendered} />
      ) : (
        <Text c="dimmed" mt="md">
          What this mail said is no longer kept.
        </Text>
      )}
    </>
  );
}

const CAUSES: Record<string, string> = {
  hard: 'Mails come back',
  complaint: 'Our mails were told as spam',
  by_hand: 'Blocked by the office',
};

function About({
  mail,
}: {
  mail: { sessionId: string | null; invoiceId: string | null; resendOf: string | null; repeats: string[] };
}) {
  const links = [
    ...(mail.sessionId ? [{ to: `/office/sessions/${mail.sessionId}`, label: 'The session' }] : []),
    ...(mail.invoiceId ? [{ to: `/office/invoices/${mail.invoiceId}`, label: 'The invoice' }] : []),
    ...(mail.resendOf ? [{ to: `/office/mails/${mail.resendOf}`, label: 'The mail that it repeats' }] : []),
    ...mail.repeats.map((id, index) => ({
      to: `/office/mails/${id}`,
      label: index === 0 ? 'Sent again' : `Sent again (${index + 1})`,
    })),
  ];
  if (links.length === 0) return <>–</>;
  return (
    <Stack gap={2}>
      {links.map(({ to, label }) => (
        <Anchor key={to} component={Link} to={to} size="sm">
          {label}
        </Anchor>
      ))}
    </Stack>
  );
}
