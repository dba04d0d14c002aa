import { Alert } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { LocalDate } from '#app/ui/date-time.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { many } from '../money-pages/many.ts';
import { ChangedSince } from '../money-pages/notices.tsx';
import { PeriodChoice } from '../money-pages/period-choice.tsx';
import type { Refusal } from '../money-pages/refusal.server.ts';
import { WizardFooter, WizardSteps } from '../money-pages/wizard-steps.tsx';
import { actOnWizard } from './act.server.ts';
import { CheckStep } from './check-step.tsx';
import { ConfirmStep } from './confirm-step.tsx';
import { loadWizard } from './load.server.ts';
import { PreviewStep } from './preview-step.tsx';
import { WhoStep } from './who-step.tsx';
import { wizardSteps } from './wizard-address.ts';

export const meta: MetaFunction = () => [{ title: 'New invoice run · Lectern' }];

export const loader = (args: LoaderFunctionArgs) => loadWizard(args);

export const action = (args: ActionFunctionArgs) => actOnWizard(args);

export default function NewInvoiceRun() {
  const page = useLoaderData<typeof loader>();
  const answer: Refusal | undefined = useActionData<typeof action>();
  const { step, shown, scope, preview, period } = page;
  const address = { ...shown, scope };
  const steps = wizardSteps(address, period !== null, { check: page.blocking });
  return (
    <>
      <PageHeader
        title="New invoice run"
        description={
          step === 'period' ? (
            'The days and the families; then what stands in the way, every invoice down to its lines, and the confirmation.'
          ) : (
            <>
              <LocalDate value={shown.from} /> to <LocalDate value={shown.until} />
              {preview ? `, ${many(preview.totals.families, 'invoice')}` : ''}
            </>
          )
        }
        back={{ to: '/office/invoice-runs', label: 'Invoice runs' }}
      />
      <WizardSteps steps={steps} current={step} />
      {answer?.changes ? <ChangedSince message={answer.message ?? ''} changes={answer.changes} /> : null}
      {answer?.message && !answer.changes ? (
        <Alert color="red" variant="light" role="alert" mb="md" title={answer.message} />
      ) : null}
      {step === 'period' ? (
        <PeriodChoice
          path="/office/invoice-runs/new"
          shown={shown}
          presets={page.presets}
          errors={page.errors}
          keep={{ step: 'who' }}
          next="Next: Who"
        />
      ) : null}
      {step === 'who' && page.choices ? <WhoStep address={address} choices={page.choices} /> : null}
      {preview && step === 'check' && page.check ? (
        <CheckStep page={page} check={page.check} preview={preview} answer={answer} />
      ) : null}
      {preview && step === 'preview' && page.families ? (
        <PreviewStep page={page} families={page.families} preview={preview} answer={answer} />
      ) : null}
      {preview && step === 'confirm' && page.confirm ? (
        <ConfirmStep page={page} preview={preview} secondPerson={page.confirm.secondPerson} />
      ) : null}
      {step === 'period' || step === 'who' ? null : <WizardFooter steps={steps} current={step} />}
    </>
  );
}
