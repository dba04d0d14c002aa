import { NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { RecordField } from '#app/ui/record-answer.ts';
import { FormSection } from '#app/ui/record-form.tsx';
import { COMPLETIONS, PAY_BASES, TWO_DURATIONS } from './program-words.ts';

interface PolicyFieldsProps {
  field: (name: string) => RecordField;
  /** Before each name: `policies.`, `policyOverrides.` */
  prefix: string;
  /** The organisation's values by name without the prefix: shown where a program leaves a field empty. */
  inherited?: Record<string, string>;
  /** What a rule means, under its fields. */
  said?: Partial<Record<'completion' | 'twoDurations' | 'wait' | 'noShow' | 'lateCancel' | 'mileage', string>>;
}

export const policyLabels = {
  completion: 'A session counts as given',
  two_durations: 'Billed and paid time',
  'no_show.wait_percent': 'No-show: wait, % of the session',
  'no_show.client_charge_percent': 'No-show: client is charged, %',
  'no_show.tutor_pay_percent': 'No-show: tutor is paid, %',
  'no_show.pay_base': 'No-show: % of',
  'late_cancel.notice_hours': 'Late cancellation: hours of notice',
  'late_cancel.client_charge_percent': 'Late cancellation: client is charged, %',
  'late_cancel.tutor_pay_percent': 'Late cancellation: tutor is paid, %',
  'mileage.rate_per_mile': 'Paid for one mile',
} as const;

const short: Record<string, string> = {
  'no_show.wait_percent': 'Wait, % of the session',
  'no_show.client_charge_percent': 'Client is charged, %',
  'no_show.tutor_pay_percent': 'Tutor is paid, %',
  'no_show.pay_base': 'The tutor’s % is taken of',
  'late_cancel.notice_hours': 'Hours of notice',
  'late_cancel.client_charge_percent': 'Client is charged, %',
  'late_cancel.tutor_pay_percent': 'Tutor is paid, %',
};

/** The rules of completion, absences and lateness: the organisation's own, or what a program says differently. */
export function PolicyFields({ field, prefix, inherited, said = {} }: PolicyFieldsProps) {
  const text = (name: keyof typeof policyLabels) => ({
    ...field(prefix + name),
    label: short[name] ?? policyLabels[name],
    inputMode: 'decimal' as const,
    ...(inherited ? { placeholder: inherited[name] ?? '' } : { required: true }),
  });
  const select = (name: 'completion' | 'two_durations' | 'no_show.pay_base', words: Record<string, string>) => (
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
        </SimpleGrid>
        <Said>{said.wait}</Said>
        <Said>{said.noShow}</Said>
      </FormSection>
      <FormSection title="When a family cancels late">
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          <TextInput {...text('late_cancel.notice_hours')} />
          <TextInput {...text('late_cancel.client_charge_percent')} />
          <TextInput {...text('late_cancel.tutor_pay_percent')} />
        </SimpleGrid>
        <Said>{said.lateCancel}</Said>
      </FormSection>
      <FormSection title="Travel">
        <TextInput {...text('mileage.rate_per_mile')} maw={260} />
        <Said>{said.mileage}</Said>
      </FormSection>
    </>
  );
}

export function Said({ children }: { children: string | undefined }) {
  return children ? (
    <Text size="sm" c="dimmed" suppressHydrationWarning>
      {children}
    </Text>
  ) : null;
}
