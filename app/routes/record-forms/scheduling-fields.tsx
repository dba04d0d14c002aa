import { NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RuleName, RuleSentences } from '#app/domain/scheduling/scheduling-sentences.ts';
import type { FormValues, RecordField } from '#app/ui/record-answer.ts';
import { FormSection } from '#app/ui/record-form.tsx';
import { Said } from './policy-fields.tsx';

interface SchedulingFieldsProps {
  field: (name: string) => RecordField;
  /** Before each name: `scheduling.`, `schedulingOverrides.` */
  prefix: string;
  /** The values beneath by name without the prefix: shown where a program or a tutor leaves a field empty. */
  inherited?: Record<string, string>;
  /** What a rule means, under its fields. */
  said?: Partial<RuleSentences>;
  children?: ReactNode;
}

export const schedulingLabels = {
  minNoticeMinutes: 'Notice, minutes before the start',
  horizonDays: 'Days ahead at most',
  maxMinutesPerDay: 'Minutes a day at most',
  maxMinutesPerWeek: 'Minutes a week at most',
  'tutor.book': 'A tutor books',
  'tutor.move': 'A tutor moves',
  'tutor.cancel': 'A tutor cancels',
  'family.request': 'A family asks for times',
  'family.book': 'A family books',
  'family.move': 'A family moves',
  'family.cancel': 'A family cancels',
  requestsTo: 'Who answers requests',
  contactsVisible: 'Phone and e-mail',
  engagementIdleHours: 'Reminded after hours',
} as const satisfies Partial<Record<RuleName, string>>;

type Name = keyof typeof schedulingLabels;

const MAY = { true: 'Yes, at once', false: 'No' };
const ASK = { true: 'Yes', false: 'No' };
const ANSWERS = { office: 'The office', tutor: 'The tutor' };
const CONTACTS = { true: 'Tutor and family see each other’s', false: 'Only the office sees them' };

/** Who may plan what, and within which bounds: the organisation's own rules, or what a program or a tutor says differently. */
export function SchedulingFields({ field, prefix, inherited, said = {}, children }: SchedulingFieldsProps) {
  const number = (name: Name, min: number, max: number, none?: string) => (
    <TextInput
      {...field(prefix + name)}
      type="number"
      min={min}
      max={max}
      label={schedulingLabels[name]}
      placeholder={inherited ? inherited[name] || none : none}
      required={!inherited && none === undefined}
    />
  );
  const select = (name: Name, words: Record<string, string>, label: string = schedulingLabels[name]) => (
    <NativeSelect {...field(prefix + name)} label={label}>
      {inherited ? <option value="">As usual ({words[inherited[name] ?? ''] ?? inherited[name]})</option> : null}
      {Object.entries(words).map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </NativeSelect>
  );
  return (
    <>
      {children}
      <FormSection title="When can be booked">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {number('minNoticeMinutes', 0, 43_200)}
          {number('horizonDays', 1, 730)}
          {number('maxMinutesPerDay', 15, 1440, 'No limit')}
          {number('maxMinutesPerWeek', 15, 10_080, 'No limit')}
        </SimpleGrid>
        <Said>{said.reach}</Said>
        <Said>{said.limits}</Said>
      </FormSection>
      <FormSection title="What tutors may do by themselves">
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          {select('tutor.book', MAY, 'Book')}
          {select('tutor.move', MAY, 'Move')}
          {select('tutor.cancel', MAY, 'Cancel')}
        </SimpleGrid>
        <Said>{said.tutors}</Said>
      </FormSection>
      <FormSection title="What families may do by themselves">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {select('family.book', MAY, 'Book')}
          {select('family.move', MAY, 'Move')}
          {select('family.cancel', MAY, 'Cancel')}
          {select('family.request', ASK, 'Ask for times')}
        </SimpleGrid>
        <Said>{said.families}</Said>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {select('requestsTo', ANSWERS)}
        </SimpleGrid>
        <Said>{said.requests}</Said>
      </FormSection>
      <FormSection title="Tutor and family">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {select('contactsVisible', CONTACTS)}
          {number('engagementIdleHours', 1, 2160, 'Nobody is reminded')}
        </SimpleGrid>
        <Said>{said.contacts}</Said>
        <Said>{said.idle}</Said>
      </FormSection>
    </>
  );
}

/** Whether any rule is said differently: then it is worth seeing at once. */
export const hasOverrides = (values: FormValues): boolean =>
  Object.entries(values).some(([name, texts]) => name.startsWith('schedulingOverrides.') && texts.some((text) => text !== ''));

/** What a program or a tutor says differently, out of the way where nothing is. */
export function SchedulingOverrides({
  field,
  inherited,
  title,
  open,
}: {
  field: (name: string) => RecordField;
  inherited: Record<string, string>;
  title: string;
  open: boolean;
}) {
  return (
    <details open={open}>
      <summary style={{ cursor: 'pointer', fontWeight: 600, padding: '4px 0' }}>{title}</summary>
      <Text size="sm" c="dimmed" my="xs">
        Where a field is left as it is, the value in grey or in brackets holds. An engagement’s own word beats all of it.
      </Text>
      <div style={{ display: 'grid', gap: 'var(--mantine-spacing-md)' }}>
        <SchedulingFields field={field} prefix="schedulingOverrides." inherited={inherited} />
      </div>
    </details>
  );
}
