import { NativeSelect } from '@mantine/core';
import styles from './list-filters.module.css';

export interface ListChoice {
  /** In the URL. */
  name: string;
  /** What it says while nothing is chosen. */
  any: string;
  value: string | null | undefined;
  items: readonly { id: string; name: string }[];
}

/** The fields that narrow a list; one without anything to choose is left out. */
export function ListFilters({ fields }: { fields: readonly ListChoice[] }) {
  return (
    <div className={styles.filters}>
      {fields
        .filter(({ items }) => items.length > 0)
        .map(({ name, any, value, items }) => (
          <NativeSelect
            // Anew when the choices change, too: a select forgets what was chosen in it.
            key={`${name} ${value} ${items.map((item) => item.id).join()}`}
            name={name}
            size="xs"
            aria-label={any}
            defaultValue={value ?? ''}
            data={[{ value: '', label: any }, ...items.map((item) => ({ value: item.id, label: item.name }))]}
          />
        ))}
    </div>
  );
}
