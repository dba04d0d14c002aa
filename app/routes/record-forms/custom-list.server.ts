import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import type { CustomField, CustomValues, Entity } from '#app/domain/fields/custom-field.ts';
import { readCustomFilter } from '#app/domain/fields/custom-filter.ts';
import { customFieldsFor, customOfMany } from '#app/domain/fields/queries.server.ts';

type Db = Parameters<typeof customFieldsFor>[0];

/** The additional columns and filters of a list, and what of them is asked for in the address. */
export async function customList(db: Db, entity: Entity, user: SignedInUser, params: URLSearchParams) {
  const fields = await customFieldsFor(db, entity, officeAudience(user));
  const filterable = fields.filter((field) => field.filterable);
  return { columns: fields.filter((field) => field.inList), filterable, filters: readCustomFilter(filterable, params) };
}

/** What the rows have in these columns, by the row's id. */
export async function customOfRows(
  db: Db,
  columns: readonly CustomField[],
  rows: readonly { id: string }[],
): Promise<Record<string, CustomValues>> {
  return Object.fromEntries(
    await customOfMany(
      db,
      columns,
      rows.map((row) => row.id),
    ),
  );
}
