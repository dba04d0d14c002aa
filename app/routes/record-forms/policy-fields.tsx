import { Checkbox, NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { MOST_STEPS } from '#app/domain/organisation/policy-limits.ts';
import type { RecordField } from '#app/ui/record-answer.ts';
import { FormSection } from '#app/ui/record-form.tsx';
import { StepRows } from '../policy-pages/step-rows.tsx';
import { COMPLETIONS, MAKE_UPS, PAY_BASES, TWO_DURATIONS } from './program-words.ts';

interface PolicyFieldsProps {
  field: (name: string) => RecordField;
  /** Before each name: `policies.`, `policyOverrides.` */
  prefix: string;
  /** The organisation's values by name without the prefix: shown where a program leaves a field empty. */
  inherited?: Record<string, string>;
  /** Of a program: it has no steps of notice, whatever the organisation's are. */
  noSteps?: boolean;
  /** What a rule means, under its fields. */
  said?: Partial<Record<SaidRule, string>> & { steps?: string[] };
}

type SaidRule =
  | 'completion'
  | 'twoDurations'
  | 'wait'
  | 'noShow'
  | 'noShowFullPay'
  | 'lateCancel'
  | 'free'
  | 'lateFullPay'
  | 'makeUp'
  | 'mileage';

export const policyLabels = {
  completion: 'A session counts as given',
  two_durations: 'Billed and paid time',
  'no_show.wait_percent': 'No-show: wait, % of the session',
  'no_show.client_charge_percent': 'No-show: client is charged, %',
  'no_show.tutor_pay_percent': 'No-show: tutor is paid, %',
  'no_show.pay_base': 'No-show: % of',
  'no_show.full_pay_minutes': 'No-show: paid in full from minutes',
  'late_cancel.notice_hours': 'Late cancellation: hours of notice',
  'late_cancel.client_charge_percent': 'Late cancellation: client is charged, %',
  'late_cancel.tutor_pay_percent': 'Late cancellation: tutor is paid, %',
  'late_cancel.free_per_term': 'Late cancellation: free in a term',
  'late_cancel.full_pay_minutes': 'Late cancellation: paid in full from minutes',
  'make_up.on': 'May be made up for',
  'make_up.valid_days': 'Made up for within days',
  'mileage.rate_per_mile': 'Paid for one mile',
} as const;
type PolicyField = keyof typeof policyLabels;

const stepWords = {
  under_hours: 'under … hours',
  client_charge_percent: 'client is charged, %',
  tutor_pay_percent: 'tutor is paid, %',
};

/** What each field is called where it stands alone, such as in a list of what is wrong. */
export const policyFieldLabels = (prefix: string): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(policyLabels).map(([name, label]) => [prefix + name, label])),
  ...Object.fromEntries(
    Array.from({ length: MOST_STEPS }, (_, row) =>
      Object.entries(stepWords).map(([name, label]) => [
        `${prefix}late_cancel.steps.${row}.${name}`,
        `Step ${row + 1}: ${label}`,
      ]),
    ).flat(),
  ),
});

const short: Partial<Record<PolicyField, string>> = {
  'no_show.wait_percent': 'Wait, % of the session',
  'no_show.client_charge_percent': 'Client is charged, %',
  'no_show.tutor_pay_percent': 'Tutor is paid, %',
  'no_show.pay_base': 'The tutor’s % is taken of',
  'no_show.full_pay_minutes': 'Paid in full from … minutes',
  'late_cancel.notice_hours': 'Hours of notice',
  'late_cancel.client_charge_percent': 'Client is charged, %',
  'late_cancel.tutor_pay_percent': 'Tutor is paid, %',
  'late_cancel.free_per_term': 'Free ones in a term',
  'late_cancel.full_pay_minutes': 'Tutor is paid in full from … minutes',
  'make_up.on': 'What may be made up for',
  'make_up.valid_days': 'Within … days',
};

const never: Partial<Record<PolicyField, string>> = {
  'no_show.full_pay_minutes': '0: never',
  'late_cancel.free_per_term': '0: none',
  'late_cancel.full_pay_minutes': '0: never',
};

/** The rules of completion, absences and lateness: the organisation's own, or what a program says differently. */
export function PolicyFields({ field, prefix, inherited, noSteps = false, said = {} }: PolicyFieldsProps) {
  const text = (name: PolicyField) => ({
    ...field(prefix + name),
    label: short[name] ?? policyLabels[name],
    inputMode: 'decimal' as const,
    ...(never[name] ? { description: never[name] } : {}),
    ...(inherited ? { placeholder: inherited[name] ?? '' } : { required: true }),
  });
  const select = (name: PolicyField, words: Record<string, string>) => (
    <NativeSelect {...field(prefix + name)} label={short[name] ?? policyLabels[name]}>
      {inherited ? <option value="">As the organisation ({words[inherited[name] ?? ''] ?? inherited[name]})</option> : null}
      {Object.entries(words).map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </NativeSelect>
  );
  return (
    <>
      <FormSection title="When a session is done">
        {select('completion', COMPLETIONS)}
        <Said>{said.completion}</Said>
        {select('two_durations', TWO_DURATIONS)}
        <Said>{said.twoDurations}</Said>
      </FormSection>
      <FormSection title="When a student does not come">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput {...text('no_show.wait_percent')} />
          <TextInput {...text('no_show.client_charge_percent')} />
          <TextInput {...text('no_show.tutor_pay_percent')} />
          {select('no_show.pay_base', PAY_BASES)}
          <TextInput {...text('no_show.full_pay_minutes')} />
        </SimpleGrid>
        <Said>{said.wait}</Said>
        <Said>{said.noShow}</Said>
        <Said>{said.noShowFullPay}</Said>
      </FormSection>
      <FormSection title="When a family cancels late">
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          <TextInput {...text('late_cancel.notice_hours')} />
          <TextInput {...text('late_cancel.client_charge_percent')} />
          <TextInput {...text('late_cancel.tutor_pay_percent')} />
        </SimpleGrid>
        <Said>{said.lateCancel}</Said>
        <StepRows field={field} prefix={`${prefix}late_cancel.steps.`} />
        {inherited ? (
          <>
            <Said>{inheritedSteps(inherited)}</Said>
            <Checkbox
              name={`${prefix}late_cancel.no_steps`}
              label="No steps in this program, whatever the organisation’s are"
              defaultChecked={noSteps}
            />
          </>
        ) : null}
        {said.steps?.map((sentence) => (
          <Said key={sentence}>{sentence}</Said>
        ))}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput {...text('late_cancel.free_per_term')} />
          <TextInput {...text('late_cancel.full_pay_minutes')} />
        </SimpleGrid>
        <Said>{said.free}</Said>
        <Said>{said.lateFullPay}</Said>
      </FormSection>
      <FormSection title="Make up for it instead of paying">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {select('make_up.on', MAKE_UPS)}
          <TextInput {...text('make_up.valid_days')} />
        </SimpleGrid>
        <Said>{said.makeUp}</Said>
      </FormSection>
      <FormSection title="Travel">
        <TextInput {...text('mileage.rate_per_mile')} maw={260} />
        <Said>{said.mileage}</Said>
      </FormSection>
    </>
  );
}

/** The organisation's steps, where a program fills in no row of its own. */
function inheritedSteps(inherited: Record<string, string>): string {
  const steps = Array.from({ length: MOST_STEPS }, (_, row) => {
    const of = (name: string) => inherited[`late_cancel.steps.${row}.${name}`];
    return of('under_hours')
      ? `under ${of('under_hours')} h ${of('client_charge_percent')}% and ${of('tutor_pay_percent')}%`
      : '';
  }).filter(Boolean);
  return steps.length === 0
    ? 'The organisation has no such steps.'
    : `Left empty, the organisation’s hold as far as they fit: ${steps.join('; ')}.`;
}

export function Said({ children }: { children: ReactNode }) {
  return children ? (
    <Text size="sm" c="dimmed" suppressHydrationWarning>
      {children}
    </Text>
  ) : null;
}
