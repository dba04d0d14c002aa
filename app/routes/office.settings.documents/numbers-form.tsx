import { Checkbox, Group, Text, TextInput } from '@mantine/core';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { SettingsForm } from './settings-form.tsx';

interface NumbersFormProps {
  series: { series: string; prefix: string; digits: number; yearly: boolean; next: string };
  answer: RecordAnswer | undefined;
}

/** How the numbers of one kind of document look. */
export function NumbersForm({ series, answer }: NumbersFormProps) {
  const initial = { prefix: [series.prefix], digits: [String(series.digits)], yearly: series.yearly ? ['on'] : [] };
  const { field, chosen } = recordFields(initial, answer);
  const id = (name: string) => (answer ? name : `${series.series}-${name}`);
  return (
    <SettingsForm
      intent={series.series}
      submit="Save the numbers"
      answer={answer}
      labels={{ prefix: 'In front', digits: 'Digits' }}
    >
      <input type="hidden" name="series" value={series.series} />
      <Text size="sm">
        The next one: <strong>{series.next}</strong>
      </Text>
      <Group gap="sm" align="flex-start" grow>
        <TextInput
          {...field('prefix')}
          id={id('prefix')}
          label="In front"
          description="{year} stands for the year of the day of issue"
        />
        <TextInput {...field('digits')} id={id('digits')} label="Digits" inputMode="numeric" description="Filled up with zeros" />
      </Group>
      <Checkbox
        id={id('yearly')}
        name="yearly"
        label="Begin at 1 each year"
        description="The number in front needs {year} then. No number is ever left out or given twice."
        defaultChecked={chosen('yearly', 'on')}
      />
    </SettingsForm>
  );
}
