import { Group, NativeSelect, Paper, Stack, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listCreditLots, listCreditMovements, listCredits } from '#app/domain/billing/list-credits.server.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import { sellPackageSchema } from '#app/domain/billing/sell-package.schema.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { listStudentChoices } from '#app/domain/people/choice-queries.server.ts';
import { getClient } from '#app/domain/people/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { Credits } from '#app/ui/money.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { CreditLots } from '../money-pages/credit-lots.tsx';
import { CreditMovements } from '../money-pages/credit-movements.tsx';
import { Facts } from '../money-pages/facts.tsx';
import { moneyOf, refusal, refusalOf, textOf } from '../money-pages/refusal.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Credits of ${data?.client.name ?? ''} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'money.read');
  const { db, clock } = args.context;
  const id = recordIdOf(args.params);
  const client = await found(getClient(db, id));
  const [credits, lots, movements, students, organisation] = await Promise.all([
    listCredits(db, args.context.plugins, { clientId: id, everybody: true }),
    listCreditLots(db, id),
    listCreditMovements(db, id),
    listStudentChoices(db),
    getOrganisation(db),
  ]);
  return {
    client: { id, name: client.name },
    credits: credits[0] ?? null,
    lots,
    movements,
    students: students
      .filter((student) => student.clientName === client.name)
      .map(({ id: studentId, name }) => ({ id: studentId, name })),
    currency: organisation.currency,
    today: localDateOf(clock(), organisation.timezone),
    formId: crypto.randomUUID(),
  };
}

/** Sells a package. */
export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'money.manage');
  const clientId = recordIdOf(args.params);
  const form = await request.formData();
  const { currency } = await getOrganisation(context.db);
  const credits = moneyOf(form, 'credits', 2);
  const price = moneyOf(form, 'price', currencyDigits(currency));
  const errors: Record<string, string> = {};
  if (credits === undefined || credits <= 0n) errors.credits = 'Enter a number of credits above 0.';
  if (price === undefined || price < 0n) errors.price = 'Enter a price, such as 400.00; 0 for a gift.';
  if (Object.keys(errors).length > 0) return refusal(errors, form);
  const optional = (name: string) => textOf(form, name) || undefined;
  const parsed = sellPackageSchema.safeParse({
    id: optional('id'),
    clientId,
    studentId: optional('studentId'),
    credits,
    price,
    taxPercent: optional('taxPercent'),
    purchasedOn: textOf(form, 'purchasedOn'),
    expiresOn: optional('expiresOn'),
    note: optional('note'),
  });
  if (!parsed.success) {
    for (const issue of parsed.error.issues) errors[String(issue.path[0] ?? 'credits')] ??= issue.message;
    return refusal(errors, form);
  }
  try {
    await sellPackage(context.db, context, actorOf(user, context), parsed.data);
  } catch (error) {
    return refusalOf(error, form);
  }
  throw redirect(`/office/credits/${clientId}`);
}

export default function CreditsOfFamily() {
  const { client, credits, lots, movements, students, currency, today, formId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const value = (name: string, otherwise = '') => answer?.values[name] ?? otherwise;
  const field = (name: string, otherwise = '') => ({
    id: name,
    name,
    defaultValue: value(name, otherwise),
    error: answer?.errors[name],
  });
  return (
    <>
      <PageHeader
        title={`Credits of ${client.name}`}
        description={<Link to={`/office/clients/${client.id}`}>Open the family’s page</Link>}
        back={{ to: '/office/credits', label: 'Credits' }}
      />
      <Stack gap="xl">
        {credits ? (
          <Facts
            facts={[
              ['Available', <Credits key="a" value={credits.available} />],
              ['Booked', <Credits key="b" value={credits.booked} />],
              ['Used', <Credits key="u" value={credits.used} />],
              ['Expired', <Credits key="e" value={credits.expired} />],
              ['Granted', <Credits key="g" value={credits.granted} />],
            ]}
          />
        ) : null}
        <Paper withBorder p="md" className="no-print">
          <Form method="post" ref={form} noValidate key={formId}>
            <Stack gap="sm">
              <Title order={2}>Sell a package</Title>
              <ErrorSummary message={answer?.message} errors={answer?.errors} />
              <input type="hidden" name="id" value={value('id', formId)} />
              <Group gap="sm" align="flex-start">
                <TextInput {...field('credits')} label="Credits" inputMode="decimal" w={110} />
                <TextInput {...field('price')} label={`Price, net (${currency})`} inputMode="decimal" w={150} />
                <TextInput {...field('taxPercent', '0')} label="Tax %" inputMode="decimal" w={90} />
                <TextInput {...field('purchasedOn', today)} label="Bought on" type="date" />
                <TextInput
                  {...field('expiresOn')}
                  label="Last day"
                  description="Empty: never expires"
                  type="date"
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                />
                {students.length > 1 ? (
                  <NativeSelect {...field('studentId')} label="For">
                    <option value="">All children</option>
                    {students.map((student) => (
                      <option key={student.id} value={student.id}>
                        {student.name}
                      </option>
                    ))}
                  </NativeSelect>
                ) : null}
              </Group>
              <SubmitButton style={{ alignSelf: 'flex-start' }}>Sell the package</SubmitButton>
            </Stack>
          </Form>
        </Paper>
        <CreditLots lots={lots} today={today} />
        {movements.length === 0 ? null : (
          <section aria-labelledby="movements">
            <Title order={2} id="movements" mb="xs">
              Movements
            </Title>
            <CreditMovements movements={movements} sessionBase="/office/sessions" />
          </section>
        )}
      </Stack>
    </>
  );
}
