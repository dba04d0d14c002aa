import { Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { LocalDate } from '#app/ui/date-time.tsx';
import type { Refusal } from '../money-pages/refusal.server.ts';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import { CreditForm, type FieldOf } from './credit-form.tsx';
import styles from './credit-pages.module.css';

interface Choice {
  id: string;
  name: string;
}

interface Props {
  answer: Refusal | undefined;
  formId: string;
}

const Reason = ({ field, hint }: { field: FieldOf; hint: string }) => (
  <Textarea
    {...field('reason')}
    label="Why"
    description={hint}
    withAsterisk
    required
    autosize
    minRows={1}
    maxLength={500}
    maw={520}
  />
);

export function GiveForm({ answer, formId, students }: Props & { students: readonly Choice[] }) {
  return (
    <details className={styles.more} open={answer?.form === 'give'}>
      <summary>Give credits</summary>
      <CreditForm name="give" answer={answer} formId={formId} submit="Give the credits">
        {(field) => (
          <Stack gap="sm">
            <Radio.Group
              name="kind"
              label="They are"
              defaultValue={field('kind', 'gift').defaultValue}
              error={field('kind').error}
              id="give-kind"
            >
              <Group gap="md" mt={4}>
                <Radio value="gift" label="A gift" />
                <Radio value="correction" label="A correction: they should have been there" />
              </Group>
            </Radio.Group>
            <Group gap="sm" align="flex-start">
              <TextInput {...field('credits')} label="Credits" inputMode="decimal" w={110} />
              <TextInput {...field('expiresOn')} label="Last day" description="Empty: never expires" type="date" />
              {students.length > 1 ? (
                <ChoiceSelect {...field('studentId')} label="For" none="All children" choices={students} />
              ) : null}
            </Group>
            <Reason field={field} hint="The family is charged nothing for them." />
          </Stack>
        )}
      </CreditForm>
    </details>
  );
}

/** @param lots what there is to take from; one alone is the one */
export function TakeForm({ answer, formId, lots }: Props & { lots: readonly Choice[] }) {
  return (
    <details className={styles.more} open={answer?.form === 'take'}>
      <summary>Take credits away</summary>
      <CreditForm name="take" answer={answer} formId={formId} submit="Take them away">
        {(field) => (
          <Stack gap="sm">
            <Group gap="sm" align="flex-start">
              <TextInput {...field('credits')} label="Credits" inputMode="decimal" w={110} />
              <FromLot field={field} lots={lots} />
            </Group>
            <Reason
              field={field}
              hint="What sessions hold stays. What was paid for them is not paid back: credit the invoice for that."
            />
          </Stack>
        )}
      </CreditForm>
    </details>
  );
}

export function MoveForm({ answer, formId, lots, families }: Props & { lots: readonly Choice[]; families: readonly Choice[] }) {
  return (
    <details className={styles.more} open={answer?.form === 'move'}>
      <summary>Move credits to another family</summary>
      <CreditForm name="move" answer={answer} formId={formId} submit="Move the credits">
        {(field) => (
          <Stack gap="sm">
            <Group gap="sm" align="flex-start">
              <TextInput {...field('credits')} label="Credits" inputMode="decimal" w={110} />
              <FromLot field={field} lots={lots} />
              <ChoiceSelect {...field('toClientId')} label="To" none="Choose a family" choices={families} />
            </Group>
            <Reason field={field} hint="They keep their last day and their program. Both families see it in their movements." />
          </Stack>
        )}
      </CreditForm>
    </details>
  );
}

function FromLot({ field, lots }: { field: FieldOf; lots: readonly Choice[] }) {
  const [only] = lots;
  if (lots.length === 1 && only) return <input type="hidden" name="lotId" value={only.id} />;
  return <ChoiceSelect {...field('lotId')} label="From" none="All, in the order they are used" choices={lots} />;
}

export function ExtendForm({ answer, formId, expiresOn }: Props & { expiresOn: string }) {
  return (
    <details className={styles.more} open={answer?.form === 'extend'}>
      <summary>Give it more time</summary>
      <CreditForm name="extend" answer={answer} formId={formId} submit="Save the last day">
        {(field) => (
          <Stack gap="sm">
            <Text size="sm" c="dimmed">
              Its last day is <LocalDate value={expiresOn} />.
            </Text>
            <TextInput {...field('expiresOn')} label="New last day" description="Empty: without an end" type="date" maw={220} />
            <Reason field={field} hint="Kept in the history of the family." />
          </Stack>
        )}
      </CreditForm>
    </details>
  );
}
