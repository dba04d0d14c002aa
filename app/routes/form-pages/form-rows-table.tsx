import { ActionIcon, Checkbox, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { FORM_SECTIONS, type FormKind } from '#app/domain/public-forms/form-fields.ts';
import styles from './form.module.css';
import { type FormRow, movedRow } from './form-rows.ts';
import { SECTION_WORDS } from './form-words.ts';

interface Props {
  kind: FormKind;
  rows: readonly FormRow[];
  onChange: (rows: FormRow[]) => void;
}

/** The questions of a form by section: asked or not, required or not, in which order. The arrows work without a script too. */
export function FormRows({ kind, rows, onChange }: Props) {
  const change = (field: string, over: Partial<FormRow>) =>
    onChange(rows.map((row) => (row.field === field ? { ...row, ...over } : row)));
  return (
    <>
      {FORM_SECTIONS[kind].map((section) => {
        const own = rows.filter((row) => row.section === section);
        return (
          <table key={section} className={styles.rows}>
            <caption>{SECTION_WORDS[section]}</caption>
            <thead>
              <tr>
                <th scope="col">Ask</th>
                <th scope="col" className={styles.must}>
                  Required
                </th>
                <td className={styles.moves} />
              </tr>
            </thead>
            <tbody>
              {own.map((row, at) => (
                <tr key={row.field}>
                  <td>
                    <input type="hidden" name="order" value={row.field} />
                    {row.locked || row.custom ? <input type="hidden" name="ask" value={row.field} /> : null}
                    <Checkbox
                      name="ask"
                      value={row.field}
                      label={
                        <>
                          {row.label}
                          {row.custom ? (
                            <Text span size="xs" c="dimmed">
                              {' '}
                              your field
                            </Text>
                          ) : null}
                        </>
                      }
                      checked={row.asked}
                      disabled={row.locked || row.custom}
                      onChange={(event) => change(row.field, { asked: event.currentTarget.checked })}
                    />
                  </td>
                  <td>
                    <Checkbox
                      name="must"
                      value={row.field}
                      aria-label={`${row.label} is required`}
                      checked={row.required}
                      disabled={row.locked || row.mustAnyway}
                      onChange={(event) => change(row.field, { required: event.currentTarget.checked })}
                    />
                  </td>
                  <td className={styles.moves}>
                    <Move row={row} to="up" disabled={at === 0} onMove={() => onChange(movedRow(rows, row.field, 'up'))} />
                    <Move
                      row={row}
                      to="down"
                      disabled={at === own.length - 1}
                      onMove={() => onChange(movedRow(rows, row.field, 'down'))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        );
      })}
    </>
  );
}

function Move({ row, to, disabled, onMove }: { row: FormRow; to: 'up' | 'down'; disabled: boolean; onMove: () => void }) {
  return (
    <ActionIcon
      type="submit"
      name="intent"
      value={`${to}:${row.field}`}
      variant="subtle"
      color="gray"
      size="md"
      disabled={disabled}
      bg="transparent"
      aria-label={`Move ${row.label} ${to}`}
      onClick={(event) => {
        event.preventDefault();
        onMove();
      }}
    >
      {to === 'up' ? <IconArrowUp size={16} aria-hidden /> : <IconArrowDown size={16} aria-hidden />}
    </ActionIcon>
  );
}
