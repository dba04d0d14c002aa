import { Alert, Checkbox, List, NativeSelect, Text, TextInput } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { Form, Link } from '@remix-run/react';
import { type ReactNode, useState } from 'react';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import styles from './bulk-form.module.css';
import type { BulkOutcome } from './bulk-outcome.ts';

interface Props {
  /** "tutors" */
  many: string;
  /** Where one of them is. */
  path: string;
  /** How many stand in the table. */
  rows: number;
  choices: { group: string; items: { value: string; label: string }[] }[];
  /** Offered for "Add a tag" (`tag`) and "Take a tag away" (`untag`). */
  tags: readonly string[];
  told: BulkOutcome | { message: string } | null | undefined;
  children: ReactNode;
}

/** A list as a form: what is ticked in it is changed together. Works without a script. */
export function BulkForm({ many, path, rows, choices, tags, told, children }: Props) {
  const [chosen, setChosen] = useState(0);
  const mounted = useMounted();
  const boxes = (form: HTMLFormElement) => [...form.querySelectorAll<HTMLInputElement>('input[name="chosen"]')];
  return (
    <Form
      method="post"
      preventScrollReset
      onChange={({ currentTarget, target }) => {
        const all = boxes(currentTarget);
        if (target instanceof HTMLInputElement && target.dataset.all === 'true')
          for (const box of all) box.checked = target.checked;
        setChosen(all.filter((box) => box.checked).length);
      }}
    >
      <Outcome told={told} many={many} path={path} />
      <div className={styles.bar}>
        {mounted ? (
          <Checkbox
            size="xs"
            data-all="true"
            checked={chosen === rows}
            indeterminate={chosen > 0 && chosen < rows}
            onChange={() => undefined}
            label={chosen > 0 ? `${chosen} chosen` : `Choose all ${rows} here`}
          />
        ) : (
          <Text size="sm" c="dimmed">
            With those that are ticked
          </Text>
        )}
        <div className={styles.what}>
          <NativeSelect name="to" size="xs" aria-label={`What to do with the chosen ${many}`} defaultValue="">
            <option value="">Do with the chosen…</option>
            {choices.map(({ group, items }) => (
              <optgroup key={group} label={group}>
                {items.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </optgroup>
            ))}
          </NativeSelect>
          <TextInput
            className={styles.tag}
            name="tag"
            size="xs"
            aria-label="Tag"
            placeholder="Tag"
            list="bulk-tags"
            autoComplete="off"
            maxLength={200}
          />
          <datalist id="bulk-tags">
            {tags.map((tag) => (
              <option key={tag} value={tag} />
            ))}
          </datalist>
          <SubmitButton size="xs" variant={chosen > 0 ? 'filled' : 'default'} disabled={mounted && chosen === 0}>
            Do it
          </SubmitButton>
        </div>
      </div>
      {children}
    </Form>
  );
}

/** The box of a row. */
export function ChooseBox({ id, name }: { id: string; name: string }) {
  return <Checkbox size="xs" name="chosen" value={id} aria-label={`Choose ${name}`} />;
}

function Outcome({ told, many, path }: Pick<Props, 'told' | 'many' | 'path'>) {
  if (!told) return null;
  if ('message' in told) return <Alert color="red" variant="light" role="alert" mb="sm" title={told.message} />;
  const done = `${told.done} ${told.done === 1 ? many.replace(/s$/, '') : many} ${told.what}`;
  return (
    <Alert color={told.refused.length > 0 ? 'yellow' : 'green'} variant="light" role="status" mb="sm" title={done}>
      {told.refused.length > 0 ? (
        <List size="sm">
          {told.refused.map(({ id, name, message }) => (
            <List.Item key={id}>
              <Link to={`${path}/${id}`}>{name}</Link>: {message}
            </List.Item>
          ))}
        </List>
      ) : null}
    </Alert>
  );
}
