import { Button, Textarea } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { findLogo, findPicture, listTaxRates } from '#app/domain/billing/documents/company.server.ts';
import { listNumberSeries } from '#app/domain/billing/documents/edit-number-series.server.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordFields } from '#app/ui/record-answer.ts';
import { Panel, RecordColumn, RecordColumns } from '#app/ui/record-facts.tsx';
import { actOnDocuments } from './act.server.ts';
import { LogoForm } from './logo-form.tsx';
import { NumbersForm } from './numbers-form.tsx';
import { SettingsForm } from './settings-form.tsx';
import { TaxForm } from './tax-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Documents · Settings · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { db, clock } = args.context;
  const { timezone } = await getOrganisation(db);
  const [words, taxes, series, logo] = await Promise.all([
    getMoneySettings(db),
    listTaxRates(db),
    listNumberSeries(db, localDateOf(clock(), timezone)),
    getLogo(args),
  ]);
  return { terms: words.terms, paymentInstructions: words.payment_instructions, taxes, series, logo };
}

/** The logo as it stands in the page. */
async function getLogo(args: LoaderFunctionArgs): Promise<string | null> {
  const { db } = args.context;
  const picture = await findPicture(db, await findLogo(db));
  return picture ? `data:${picture.type};base64,${picture.content.toString('base64')}` : null;
}

export const action = (args: ActionFunctionArgs) => actOnDocuments(args);

export default function DocumentSettings() {
  const { terms, paymentInstructions, taxes, series, logo } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const of = (intent: string) => (answer?.values.intent?.[0] === intent ? answer : undefined);
  const { field } = recordFields({ terms: [terms], payment_instructions: [paymentInstructions] }, of('words'));
  return (
    <>
      <PageHeader
        title="Documents"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="Holds for what is issued from now on: an issued document keeps the logo, the words and the tax names of its day."
        actions={
          <Button component="a" href="/office/settings/documents/sample.pdf" variant="default">
            See a sample
          </Button>
        }
      />
      <RecordColumns>
        <RecordColumn>
          <Panel title="Words">
            <SettingsForm
              intent="words"
              submit="Save the words"
              answer={of('words')}
              labels={{ payment_instructions: 'How to pay', terms: 'Terms' }}
            >
              <Textarea
                {...field('payment_instructions')}
                label="How to pay"
                description="Below the total: the account for transfers, what to write, whom to ask"
                autosize
                minRows={3}
              />
              <Textarea {...field('terms')} label="Terms" description="At the end, in small print" autosize minRows={4} />
            </SettingsForm>
          </Panel>
          <Panel title="Logo">
            <LogoForm logo={logo} answer={of('logo')} />
          </Panel>
        </RecordColumn>
        <RecordColumn>
          <Panel title="Taxes">
            <TaxForm taxes={taxes} answer={of('tax')} />
          </Panel>
          {series.map((one) => (
            <Panel key={one.series} title={one.series === 'invoice' ? 'Numbers of invoices' : 'Numbers of credit notes'}>
              <NumbersForm series={one} answer={of(one.series)} />
            </Panel>
          ))}
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
