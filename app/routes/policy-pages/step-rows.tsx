import { ActionIcon, Button, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type MouseEvent, useState } from 'react';
import { MOST_STEPS } from '#app/domain/organisation/policy-limits.ts';
import type { RecordField } from '#app/ui/record-answer.ts';
import styles from './step-rows.module.css';

interface Props {
  field: (name: string) => RecordField;
  /** `policies.late_cancel.steps.` */
  prefix: string;
}

const filled = ({ defaultValue, error }: RecordField) => defaultValue !== '' || error !== undefined;

/** Steps of notice as rows to fill, to add and to take out. A row that is left empty is none; without a script one is spare. */
export function StepRows({ field, prefix }: Props) {
  const [rows, setRows] = useState(() => {
    const all = Array.from({ length: MOST_STEPS }, (_, row) => row);
    const used = all.filter((row) =>
      ['under_hours', 'client_charge_percent', 'tutor_pay_percent'].some((name) => filled(field(`${prefix}${row}.${name}`))),
    );
    const spare = all.find((row) => !used.includes(row));
    return spare === undefined ? used : [...used, spare];
  });
  const spare = Array.from({ length: MOST_STEPS }, (_, row) => row).find((row) => !rows.includes(row));
  const remove = (row: number, { currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const form = currentTarget.form;
    setRows((there) => there.filter((one) => one !== row));
    // What is said of the rules is said anew once the row is gone.
    requestAnimationFrame(() => form?.dispatchEvent(new Event('input', { bubbles: true })));
  };
  return (
    <Stack gap="xs" role="group" aria-label="With even less notice">
      <Text size="sm" fw={500}>
        With even less notice
      </Text>
      {rows.map((row, index) => (
        <div key={row} className={styles.row}>
          <SimpleGrid cols={3} spacing="sm" className={styles.fields}>
            <TextInput {...field(`${prefix}${row}.under_hours`)} label="Under … hours" inputMode="decimal" />
            <TextInput {...field(`${prefix}${row}.client_charge_percent`)} label="Client, %" inputMode="decimal" />
            <TextInput {...field(`${prefix}${row}.tutor_pay_percent`)} label="Tutor, %" inputMode="decimal" />
          </SimpleGrid>
          <ActionIcon
            type="button"
            variant="subtle"
            color="gray"
            size="lg"
            className={styles.remove}
            aria-label={`Take out step ${index + 1}`}
            onClick={(event) => remove(row, event)}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {spare === undefined ? null : (
        <div className={styles.add}>
          <Button type="button" variant="default" size="xs" onClick={() => setRows((there) => [...there, spare])}>
            Add a step
          </Button>
        </div>
      )}
    </Stack>
  );
}
