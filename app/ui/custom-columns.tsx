import type { CustomField, CustomValues } from '#app/domain/fields/custom-field.ts';
import { CustomCell } from './custom-facts.tsx';
import type { Column } from './data-table.tsx';

/** The additional columns of a list. */
export function customColumns<Row extends { id: string }>(
  fields: readonly CustomField[],
  values: Record<string, CustomValues>,
): Column<Row>[] {
  return fields.map((field) => ({
    key: field.id,
    header: field.label,
    cell: (row) => <CustomCell field={field} value={values[row.id]?.[field.id]} />,
    ...(field.type === 'number' ? { align: 'right' as const } : {}),
  }));
}
