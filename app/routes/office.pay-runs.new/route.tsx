import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { LocalDate } from '#app/ui/date-time.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { ChangedSince } from '../money-pages/notices.tsx';
import { WizardFooter, WizardSteps } from '../money-pages/wizard-steps.tsx';
import { actOnWizard } from './act.server.ts';
import { AdjustStep, type WizardAnswer } from './adjust-step.tsx';
import { ApproveStep } from './approve-step.tsx';
import { ExceptionsStep } from './exceptions-step.tsx';
import { loadWizard } from './load.server.ts';
import { StatementsStep } from './statements-step.tsx';
import { WhoStep } from './who-step.tsx';
import { wizardSteps } from './wizard-address.ts';

export const meta: MetaFunction = () => [{ title: 'New pay run · Lectern' }];

export const loader = (args: LoaderFunctionArgs) => loadWizard(args);

export const action = (args: ActionFunctionArgs) => actOnWizard(args);

export default function NewPayRun() {
  const page = useLoaderData<typeof loader>();
  const answer: WizardAnswer | undefined = useActionData<typeof action>();
  const { step, who, shown, preview } = page;
  const address = { who, ...shown };
  const steps = wizardSteps(address, preview !== null, { exceptions: page.blocking, statements: page.warned });
  return (
    <>
      <PageHeader
        title="New pay run"
        description={
          preview && step !== 'who' ? (
            <>
              {preview.label}, <LocalDate value={shown.from} /> to <LocalDate value={shown.until} />
            </>
          ) : (
            'Whom and for which days; then what stands in the way, what each is owed and why, and the approval.'
          )
        }
        back={{ to: '/office/pay-runs', label: 'Pay runs' }}
      />
      <WizardSteps steps={steps} current={step} />
      {answer?.message ? <ChangedSince message={answer.message} changes={answer.changes ?? []} /> : null}
      {step === 'who' || preview === null ? <WhoStep page={page} /> : null}
      {preview && step === 'exceptions' ? (
        <ExceptionsStep
          toCome={page.toCome}
          address={address}
          preview={preview}
          blocked={page.blocked}
          currency={preview.currency}
          answer={answer}
        />
      ) : null}
      {preview && step === 'statements' ? <StatementsStep address={address} preview={preview} opened={page.opened} /> : null}
      {preview && step === 'adjust' ? (
        <AdjustStep adjust={page.adjust} until={shown.until} currency={preview.currency} answer={answer} />
      ) : null}
      {preview && step === 'approve' ? (
        <ApproveStep address={address} preview={preview} who={page.whoText} tutorIds={page.tutorIds} blocking={page.blocking} />
      ) : null}
      {step === 'who' || preview === null ? null : <WizardFooter steps={steps} current={step} />}
    </>
  );
}
