import { isEverybody, type RunScope, scopeOf } from '#app/domain/billing/run-scope.ts';
import { isId } from '#app/domain/is-id.ts';
import type { WizardStep } from '../money-pages/wizard-steps.tsx';

export const STEPS = ['period', 'who', 'check', 'preview', 'confirm'] as const;
export type Step = (typeof STEPS)[number];

const labels: Record<Step, string> = {
  period: 'Period',
  who: 'Who',
  check: 'Exceptions',
  preview: 'Preview',
  confirm: 'Confirm',
};

export interface WizardAddress {
  step: Step;
  from: string;
  until: string;
  scope: RunScope;
}

/** The step an address asks for; with a period and no step, the first after it is chosen. */
export function readStep(params: URLSearchParams): Step {
  const asked = STEPS.find((step) => step === params.get('step'));
  return asked ?? (params.has('from') || params.has('until') ? 'check' : 'period');
}

const idsOf = (params: URLSearchParams, name: string) => params.getAll(name).filter(isId).slice(0, 500);

export const readScope = (params: URLSearchParams): RunScope =>
  scopeOf({
    clientIds: idsOf(params, 'client'),
    programIds: idsOf(params, 'program'),
    billingInstallIds: idsOf(params, 'mode'),
  });

/** The scope as fields of an address or a form, in the order in which they are written. */
export function scopeFields(scope: RunScope): [string, string][] {
  return [
    ...(scope.clientIds ?? []).map((id): [string, string] => ['client', id]),
    ...(scope.programIds ?? []).map((id): [string, string] => ['program', id]),
    ...(scope.billingInstallIds ?? []).map((id): [string, string] => ['mode', id]),
  ];
}

/** The wizard at a step, with everything that was chosen. */
export function wizardAddress({ step, from, until, scope }: WizardAddress, extra: Record<string, string> = {}): string {
  const params = new URLSearchParams({ step, from, until });
  for (const [name, value] of scopeFields(scope)) params.append(name, value);
  for (const [name, value] of Object.entries(extra)) if (value !== '') params.set(name, value);
  return `/office/invoice-runs/new?${params}`;
}

export function wizardSteps(
  address: Omit<WizardAddress, 'step'>,
  open: boolean,
  counts: Partial<Record<Step, number>>,
): WizardStep[] {
  return STEPS.map((step) => ({
    key: step,
    label: step === 'who' && !isEverybody(address.scope) ? 'Who: some' : labels[step],
    to: step === 'period' || open ? wizardAddress({ ...address, step }) : undefined,
    ...(counts[step] ? { count: counts[step] } : {}),
  }));
}
