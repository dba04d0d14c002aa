import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { type Entity, entityNames, type FieldType, type Seer, typeNames } from '#app/domain/fields/custom-field.ts';
import { placesOf, seerName } from '#app/domain/fields/shown-where.ts';
import { ArrangeButtons, RestoreButton } from '#app/ui/arrange-buttons.tsx';
import { type Column, DataTable } from '#app/ui/data-table.tsx';

export interface FieldRow {
  id: string;
  label: string;
  type: FieldType;
  required: boolean;
  seenBy: Seer[];
  inList: boolean;
  filterable: boolean;
  inPublicForm: boolean;
  inMail: boolean;
  archived: boolean;
  /** How many records have something in it. */
  filled: number;
}

/** The fields of one kind of record in the order of its forms, archived ones below. */
export function FieldsOf({ entity, rows }: { entity: Entity; rows: FieldRow[] }) {
  const active = rows.filter((row) => !row.archived);
  const archived = rows.filter((row) => row.archived);
  const { many } = entityNames[entity];
  return (
    <>
      {active.length === 0 ? (
        <Text size="sm" c="dimmed">
          {examples[entity]}
        </Text>
      ) : (
        <DataTable
          caption={`Fields of ${many.toLowerCase()}, in the order of the form`}
          columns={[...facts(entity), orderOf(active)]}
          rows={active}
          rowKey={(row) => row.id}
        />
      )}
      {archived.length === 0 ? null : (
        <DataTable
          caption={`Archived fields of ${many.toLowerCase()}`}
          columns={[
            name,
            { key: 'archived', header: 'State', cell: (row) => `Archived; ${filledText(row.filled)} keep it` },
            {
              key: 'restore',
              header: 'Bring back',
              cell: (row) => <RestoreButton id={row.id} name={row.label} />,
            },
          ]}
          rows={archived}
          rowKey={(row) => row.id}
        />
      )}
    </>
  );
}

const examples: Record<Entity, string> = {
  tutor: 'None yet. For example: own car, first-aid course until, T-shirt size.',
  client: 'None yet. For example: how they heard of you, invoice by post.',
  student: 'None yet. For example: school, allergies, photos allowed.',
  request: 'None yet. For example: exam board, trial lesson wished.',
  session: 'None yet. For example: book needed, door code.',
};

const filledText = (count: number) => (count === 0 ? 'no records' : count === 1 ? 'one record' : `${count} records`);

const name: Column<FieldRow> = {
  key: 'label',
  header: 'Name',
  primary: true,
  cell: (row) => (
    <Anchor component={Link} to={`/office/settings/fields/${row.id}`} size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
      {row.label}
    </Anchor>
  ),
};

const facts = (entity: Entity): Column<FieldRow>[] => [
  name,
  { key: 'type', header: 'Filled in', cell: (row) => `${typeNames[row.type]}${row.required ? ', required' : ''}` },
  { key: 'seen', header: 'Seen by', cell: (row) => seenText(entity, row.seenBy) },
  { key: 'where', header: 'Also in', cell: (row) => whereText(row) || '–' },
  { key: 'filled', header: 'Used', align: 'right', cell: (row) => row.filled },
];

function seenText(entity: Entity, seenBy: readonly Seer[]): string {
  const seers = placesOf[entity].seers.filter((who) => seenBy.includes(who));
  if (seers.length === 0) return 'Administrators alone';
  if (seers.length === 1 && seers[0] === 'scheduler') return 'The office';
  return seers.map((who) => (who === 'scheduler' ? 'The office' : seerName(entity, who).toLowerCase())).join(', ');
}

function whereText(row: FieldRow): string {
  const places = [
    row.inList ? 'list' : '',
    row.filterable ? 'filter' : '',
    row.inPublicForm ? 'public form' : '',
    row.inMail ? 'mails' : '',
  ].filter(Boolean);
  return places.join(', ');
}

function orderOf(active: FieldRow[]): Column<FieldRow> {
  return {
    key: 'order',
    header: 'Order',
    cell: (row) => <ArrangeButtons id={row.id} name={row.label} first={row === active[0]} last={row === active.at(-1)} />,
  };
}
