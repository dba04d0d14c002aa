import { NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type RuleTexts, schedulingSentences } from '#app/domain/scheduling/scheduling-sentences.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { Said } from '../record-forms/policy-fields.tsx';
import { SchedulingFields, schedulingLabels } from '../record-forms/scheduling-fields.tsx';

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version: number;
}

const PREFIX = 'scheduling.';

const own = {
  unsetAvailability: 'A tutor without hours is',
  'storefront.enabled': 'Public booking page',
  'storefront.confirm': 'What guests book',
  'storefront.holdMinutes': 'Minutes a chosen time is kept',
  'storefront.embedOrigins': 'Pages that may show it in a frame',
  'travel.speedKmh': 'Speed, km an hour',
  'travel.defaultMinutes': 'Minutes where nothing is known',
};
const labels = Object.fromEntries(Object.entries({ ...schedulingLabels, ...own }).map(([name, label]) => [PREFIX + name, label]));

/** The rules, and under each what it means, said anew while it is typed. */
export function SchedulingForm({ initial, answer, version }: Props) {
  const { field } = recordFields(initial, answer);
  const read = (value: (name: string) => string) =>
    new Proxy({} as RuleTexts, { get: (_, name) => value(PREFIX + String(name)) });
  const [texts, setTexts] = useState<RuleTexts>(() => read((name) => field(name).defaultValue));
  const said = schedulingSentences(texts);
  const follow = (event: FormEvent<HTMLDivElement>) => {
    const form = (event.target as HTMLElement).closest('form');
    if (!form) return;
    const typed = new FormData(form);
    setTexts(read((name) => String(typed.get(name) ?? '')));
  };
  return (
    <div onInput={follow}>
      <RecordForm answer={answer} version={version} labels={labels} submit="Save" cancelTo="/office/settings">
        <SchedulingFields field={field} prefix={PREFIX} said={said}>
          <FormSection title="Hours that are not set">
            <NativeSelect
              {...field(`${PREFIX}unsetAvailability`)}
              label={own.unsetAvailability}
              maw={360}
              data={[
                { value: 'always', label: 'always free' },
                { value: 'never', label: 'never free' },
              ]}
            />
            <Said>{said.unset}</Said>
          </FormSection>
        </SchedulingFields>
        <FormSection title="Storefront">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <NativeSelect
              {...field(`${PREFIX}storefront.enabled`)}
              label={own['storefront.enabled']}
              data={[
                { value: 'false', label: 'Off' },
                { value: 'true', label: 'On, at /book' },
              ]}
            />
            <NativeSelect
              {...field(`${PREFIX}storefront.confirm`)}
              label={own['storefront.confirm']}
              data={[
                { value: 'approval', label: 'Waits for your approval' },
                { value: 'at_once', label: 'Is booked at once' },
              ]}
            />
            <TextInput
              {...field(`${PREFIX}storefront.holdMinutes`)}
              type="number"
              min={2}
              max={60}
              label={own['storefront.holdMinutes']}
              required
            />
          </SimpleGrid>
          <Textarea
            {...field(`${PREFIX}storefront.embedOrigins`)}
            label={own['storefront.embedOrigins']}
            placeholder="https://www.example.org"
            description="One address a line, for the page within your website. Empty: any page may"
            autosize
            minRows={2}
          />
          <Said>{said.storefront}</Said>
        </FormSection>
        <FormSection title="The way between two places">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              {...field(`${PREFIX}travel.speedKmh`)}
              type="number"
              min={3}
              max={130}
              label={own['travel.speedKmh']}
              required
            />
            <TextInput
              {...field(`${PREFIX}travel.defaultMinutes`)}
              type="number"
              min={0}
              max={240}
              label={own['travel.defaultMinutes']}
              required
            />
          </SimpleGrid>
          <Said>{said.travel}</Said>
        </FormSection>
      </RecordForm>
    </div>
  );
}
