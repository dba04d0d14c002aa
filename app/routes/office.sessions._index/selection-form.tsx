import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { Form } from '@remix-run/react';
import { type ReactNode, useState } from 'react';

interface Props {
  /** How many of this page can be chosen. */
  selectable: number;
  total: string;
  children: ReactNode;
}

/** The list as a form: what is ticked in it is cancelled, moved or handed over together. Without a script the button does. */
export function SelectionForm({ selectable, total, children }: Props) {
  const [chosen, setChosen] = useState(0);
  const mounted = useMounted();
  const boxes = (form: HTMLFormElement) => [...form.querySelectorAll<HTMLInputElement>('input[name="session"]')];
  return (
    <Form
      method="get"
      action="/office/sessions/bulk"
      onChange={({ currentTarget, target }) => {
        const all = boxes(currentTarget);
        if (target instanceof HTMLInputElement && target.dataset.all === 'true')
          for (const box of all) box.checked = target.checked;
        setChosen(all.filter((box) => box.checked).length);
      }}
    >
      <Group justify="space-between" mb="xs" gap="sm" mih={30}>
        <Text size="sm" c="dimmed" aria-live="polite">
          {total}
          {chosen > 0 ? `, ${chosen} chosen` : ''}
        </Text>
        {selectable > 0 ? (
          <Group gap="md">
            {mounted ? (
              <Checkbox
                size="xs"
                data-all="true"
                checked={chosen === selectable}
                indeterminate={chosen > 0 && chosen < selectable}
                onChange={() => undefined}
                label={`Choose all ${selectable} planned here`}
              />
            ) : null}
            <Button type="submit" size="xs" variant={chosen > 0 ? 'filled' : 'default'} disabled={mounted && chosen === 0}>
              Cancel, move or hand over
            </Button>
          </Group>
        ) : null}
      </Group>
      {children}
    </Form>
  );
}
