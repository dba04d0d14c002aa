import { Alert, Anchor, Button, List, Stack, Text } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { getProForma } from '#app/domain/billing/pro-forma-queries.server.ts';
import { sendProForma } from '#app/domain/billing/send-pro-forma.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Money } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { proFormaPeriod } from '../balance-pages/pro-forma-period.ts';
import { BillLines } from '../money-pages/bill-lines.tsx';
import { periodQuery } from '../money-pages/period.ts';
import { PeriodChoice } from '../money-pages/period-choice.tsx';
import { refusalOf } from '../money-pages/refusal.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Pro forma for ${data?.proForma.client.name ?? ''} · Lectern` },
];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const today = localDateOf(clock(), (await getOrganisation(db)).timezone);
  const { shown, period, errors, presets, fallback } = proFormaPeriod(args.request.url, today);
  const proForma = await found(getProForma(db, args.context, recordIdOf(args.params), period ?? fallback));
  return { proForma, shown, errors, presets };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'money.manage');
  const { context, request } = args;
  const clientId = recordIdOf(args.params);
  const form = await request.formData();
  const today = localDateOf(context.clock(), (await getOrganisation(context.db)).timezone);
  const { period } = proFormaPeriod(request.url, today);
  if (!period) throw redirect(`/office/balances/${clientId}/pro-forma`);
  try {
    await sendProForma(context.db, context, actorOf(user, context), { ...period, clientId });
    return { sent: true };
  } catch (error) {
    return refusalOf(error, form);
  }
}

export default function ProForma() {
  const { proForma, shown, errors, presets } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { client, currency, lines, withoutPrice } = proForma;
  const path = `/office/balances/${client.id}/pro-forma`;
  const query = periodQuery(shown);
  const money = (value: bigint) => <Money value={value} currency={currency} />;
  return (
    <>
      <PageHeader
        title={`Pro forma for ${client.name}`}
        back={{ to: `/office/balances/${client.id}`, label: client.name }}
        description="What the planned lessons will cost if they take place as planned. No invoice: nothing is posted and no number taken."
        actions={
          lines.length === 0 ? null : (
            <>
              {client.email ? (
                <ConfirmButton
                  label="Mail the pro forma"
                  action={`${path}?${query}`}
                  consequence={`${client.email} gets this list as a PDF.`}
                  confirm="Mail the pro forma"
                />
              ) : null}
              <Button component="a" href={`${path}.pdf?${query}`}>
                PDF
              </Button>
            </>
          )
        }
      />
      {answer && 'message' in answer && answer.message ? (
        <Alert color="red" variant="light" role="alert" mb="md">
          {answer.message}
        </Alert>
      ) : null}
      {answer && 'sent' in answer ? (
        <Text size="sm" mb="md" role="status">
          The pro forma is on its way.
        </Text>
      ) : null}
      <PeriodChoice path={path} shown={shown} presets={presets} errors={errors} />
      {withoutPrice.length === 0 ? null : (
        <Alert color="yellow" variant="light" mb="md" title="Without a price">
          <List size="sm">
            {withoutPrice.map((one) => (
              <List.Item key={one.sessionId + one.description}>
                <LocalDate value={one.localDate} />{' '}
                <Anchor component={Link} to={`/office/sessions/${one.sessionId}`} size="sm">
                  {one.description}
                </Anchor>
              </List.Item>
            ))}
          </List>
          <Anchor component={Link} to="/office/rates" size="sm" underline="always">
            Add a rate
          </Anchor>
        </Alert>
      )}
      {lines.length === 0 ? (
        <EmptyState
          title="Nothing planned that would be invoiced"
          text="Lessons that are planned in these days and invoiced to this family stand here with what they will cost. Those paid with credits don’t."
          action={{ to: '/office/board', label: 'Open the board' }}
        />
      ) : (
        <>
          <BillLines
            caption="Planned lessons"
            currency={currency}
            lines={lines.map((line) => ({
              ...{ key: line.id, localDate: line.localDate, description: line.description, minutes: line.minutes },
              ...{ sessionTo: `/office/sessions/${line.sessionId}`, amount: line.net, taxPercent: line.taxPercent },
              ...{ late: false, reason: null },
            }))}
          />
          <Stack gap={2} mt="sm" pe={13} align="flex-end">
            <Text size="sm">Net {money(proForma.net)}</Text>
            {proForma.taxes
              .filter((one) => one.tax !== 0n)
              .map((one) => (
                <Text size="sm" key={one.taxPercent}>
                  Tax {one.taxPercent}% of {money(one.net)}: {money(one.tax)}
                </Text>
              ))}
            <Text fw={600}>Total {money(proForma.total)}</Text>
          </Stack>
        </>
      )}
    </>
  );
}
