import type { ReactNode } from 'react';
import styles from './data-table.module.css';

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers and money stand to the right. */
  align?: 'right';
  /** Left away on a phone's card. */
  wideOnly?: boolean;
  /** The card's headline on a phone; one column. */
  primary?: boolean;
}

interface DataTableProps<Row> {
  /** For screen readers: what the table lists. */
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Sums, in the order of the columns; `null` leaves a cell empty. */
  footer?: (ReactNode | null)[];
}

/** A dense table; on a phone each row is a card. Roles are written out, since `display: block` takes them away. */
export function DataTable<Row>({ caption, columns, rows, rowKey, footer }: DataTableProps<Row>) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} role="table">
        <caption className={styles.caption}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.align === 'right' ? styles.right : undefined}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row">
              {columns.map((column) => {
                const content = column.cell(row);
                return (
                  <td
                    key={column.key}
                    role="cell"
                    data-label={column.header}
                    className={classOf(column)}
                    data-empty={content == null || content === ''}
                  >
                    {content}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        {footer ? (
          <tfoot role="rowgroup">
            <tr role="row">
              {columns.map((column, index) => (
                <td
                  key={column.key}
                  role="cell"
                  data-label={column.header}
                  className={classOf(column)}
                  data-empty={footer[index] == null}
                >
                  {footer[index]}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}

function classOf<Row>(column: Column<Row>): string {
  return [
    column.align === 'right' ? styles.right : '',
    column.wideOnly ? styles.wideOnly : '',
    column.primary ? styles.primary : '',
  ]
    .filter(Boolean)
    .join(' ');
}
