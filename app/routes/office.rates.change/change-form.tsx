import { Checkbox, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import type { RateChoices } from '../record-forms/rate-choices.server.ts';

interface Props {
  answer: RecordAnswer;
  choices: RateChoices;
  currency: string;
}

export function ChangeForm({ answer, choices, currency }: Props) {
  const form = useFocusFirstError(Object.keys(answer.errors).length > 0 ? answer : undefined);
  const { field, chosen } = recordFields({}, answer);
  const digits = currencyDigits(currency);
  return (
    <Panel title="What changes">
      <Form method="get" ref={form} noValidate key={JSON.stringify(answer.values)}>
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} spacing="sm">
            <NativeSelect {...field('side')} label="Rates">
              <option value="charge">What clients are charged</option>
              <option value="pay">What tutors are paid</option>
              <option value="">Both</option>
            </NativeSelect>
            <NativeSelect {...field('by')} label="By">
              <option value="percent">Per cent</option>
              <option value="amount">Amount, {currency}</option>
            </NativeSelect>
            <TextInput {...field('value')} label="How much" inputMode="text" placeholder="4.5" description="-3 lowers" />
            <NativeSelect
              {...field('roundTo')}
              label="Rounded to"
              description={`Hundredths of ${currency}, or its smallest unit`}
            >
              {['1', '5', '10', '50', '100', '500'].map((step) => (
                <option key={step} value={step}>
                  {formatDecimal(BigInt(step), digits)}
                </option>
              ))}
            </NativeSelect>
            <TextInput {...field('from')} type="date" label="From" description="First day of the new amounts" />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
            <ChoiceSelect {...field('programId')} label="Only for a program" none="All" choices={choices.programs} />
            <ChoiceSelect {...field('subjectId')} label="Only for a subject" none="All" choices={choices.subjects} />
            <ChoiceSelect {...field('tutorId')} label="Only for a tutor" none="All" choices={choices.tutors} />
            <ChoiceSelect {...field('studentId')} label="Only for a student" none="All" choices={choices.students} />
          </SimpleGrid>
          <Checkbox
            name="reprice"
            value="yes"
            defaultChecked={chosen('reprice', 'yes')}
            label="Also sessions that took place from that day on and are on no invoice, or in no pay run yet"
            description="Without it they keep what they came to when they were closed out. What was invoiced or paid never changes."
          />
          <div>
            <SubmitButton variant="default">See what it alters</SubmitButton>
          </div>
        </Stack>
      </Form>
    </Panel>
  );
}
