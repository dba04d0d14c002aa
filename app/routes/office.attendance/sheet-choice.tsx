import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Form, useSubmit } from '@remix-run/react';
import styles from './attendance.module.css';

interface SheetChoiceProps {
  date: string;
  programId: string;
  programs: readonly { id: string; name: string }[];
}

/** Which day and program; without a script the button applies it. */
export function SheetChoice({ date, programId, programs }: SheetChoiceProps) {
  const submit = useSubmit();
  return (
    <Form
      method="get"
      role="search"
      aria-label="Day and program"
      className={`${styles.choice} no-print`}
      key={`${date} ${programId}`}
    >
      <TextInput type="date" name="date" label="Day" size="xs" defaultValue={date} />
      <NativeSelect
        name="program"
        label="Program"
        size="xs"
        defaultValue={programId}
        data={[{ value: '', label: 'All programs' }, ...programs.map((program) => ({ value: program.id, label: program.name }))]}
        onChange={(event) => submit(event.currentTarget.form)}
      />
      <Button type="submit" variant="default" size="xs">
        Show
      </Button>
    </Form>
  );
}
