import { type PayWho, payWhoText, readPayWho } from '#app/domain/payroll/pay-who.ts';
import type { WizardStep } from '../money-pages/wizard-steps.tsx';

export const STEPS = ['who', 'exceptions', 'statements', 'adjust', 'approve'] as const;
export type Step = (typeof STEPS)[number];

const labels: Record<Step, string> = {
  who: 'Who and when',
  exceptions: 'Exceptions',
  statements: 'Statements',
  adjust: 'Adjust',
  approve: 'Approve',
};

const PATH = '/office/pay-runs/new';

export interface WizardAddress {
  step: Step;
  who: PayWho;
  from: string;
  until: string;
}

/** The step an address asks for; with a period and no step, the first after it is chosen. */
export function readStep(params: URLSearchParams): Step {
  const asked = STEPS.find((step) => step === params.get('step'));
  return asked ?? (params.has('from') || params.has('until') ? 'exceptions' : 'who');
}

export const readWho = (params: URLSearchParams): PayWho => readPayWho(params.get('who'), params.getAll('tutor'));

/** The wizard at a step, with everything that was chosen. */
export function wizardAddress({ step, who, from, until }: WizardAddress, extra: Record<string, string> = {}): string {
  const params = new URLSearchParams({ step, who: payWhoText(who), from, until });
  if (who.kind === 'tutors') for (const id of who.tutorIds) params.append('tutor', id);
  for (const [name, value] of Object.entries(extra)) params.set(name, value);
  return `${PATH}?${params}`;
}

export function wizardSteps(
  address: Omit<WizardAddress, 'step'>,
  open: boolean,
  counts: Partial<Record<Step, number>>,
): WizardStep[] {
  return STEPS.map((step) => ({
    key: step,
    label: labels[step],
    to: step === 'who' || open ? wizardAddress({ ...address, step }) : undefined,
    ...(counts[step] ? { count: counts[step] } : {}),
  }));
}
