import styles from './docs.module.css';
import type { FieldLine } from './docs-view.ts';
import { Words } from './words.tsx';

/** Fields in lines: the name, what it is, and what it means. */
export function Fields({ caption, lines }: { caption: string; lines: readonly FieldLine[] }) {
  if (lines.length === 0) return null;
  return (
    <table className={styles.fields}>
      <caption>{caption}</caption>
      <tbody>
        {lines.map((line) => (
          <tr key={line.name}>
            <th scope="row">
              <code>{line.name}</code>
              {line.required ? <span className={styles.needed}> needed</span> : null}
            </th>
            <td>
              {line.type ? <span className={styles.type}>{line.type}</span> : null}
              {line.type && line.text ? '. ' : ''}
              <Words text={line.text} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
