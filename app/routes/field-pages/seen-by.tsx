import { Checkbox, Text } from '@mantine/core';
import type { Entity } from '#app/domain/fields/custom-field.ts';
import { placesOf, seerName } from '#app/domain/fields/shown-where.ts';
import styles from './custom-field-form.module.css';

interface Props {
  entity: Entity;
  chosen: (name: string, value: string) => boolean;
  error: string | undefined;
}

/** Who sees a field and who fills it in, beside owner and administrators. */
export function SeenBy({ entity, chosen, error }: Props) {
  return (
    <>
      <table className={styles.who} aria-label="Who sees the field and who fills it in">
        <thead>
          <tr>
            <td />
            <th scope="col">Sees it</th>
            <th scope="col">Fills it in</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Owner and administrators</th>
            <td>Yes</td>
            <td>Yes</td>
          </tr>
          {placesOf[entity].seers.map((who) => (
            <tr key={who}>
              <th scope="row">{seerName(entity, who)}</th>
              {(['seenBy', 'editedBy'] as const).map((name) => (
                <td key={name}>
                  {name === 'editedBy' && !placesOf[entity].editors.includes(who) ? (
                    '–'
                  ) : (
                    <Checkbox
                      name={name}
                      value={who}
                      aria-label={`${seerName(entity, who)}: ${name === 'seenBy' ? 'sees it' : 'fills it in'}`}
                      defaultChecked={chosen(name, who)}
                      error={error !== undefined && name === 'editedBy' && chosen('editedBy', who) && !chosen('seenBy', who)}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {error ? (
        <Text size="sm" c="var(--mantine-color-error)">
          {error}
        </Text>
      ) : null}
      <Text size="sm" c="dimmed">
        Whoever doesn’t see it finds it nowhere: in no form, list, mail or export. What they save leaves it as it is.
      </Text>
    </>
  );
}
