import { Group, TextInput } from '@mantine/core';
import { type CustomField, hasChoices } from '#app/domain/fields/custom-field.ts';
import type { CustomFilter } from '#app/domain/fields/custom-filter.ts';
import { ListFilters } from './list-filters.tsx';

interface Props {
  fields: readonly CustomField[];
  filters: readonly CustomFilter[];
}

const YES_NO = [
  { id: 'yes', name: 'yes' },
  { id: 'no', name: 'no' },
];

/** The additional fields a list is narrowed by, within its search's form: lists are chosen from, the rest is typed. */
export function CustomFilters({ fields, filters }: Props) {
  const said = (field: CustomField) => filters.find((filter) => filter.id === field.id);
  const chosen = fields.filter((field) => hasChoices(field.type) || field.type === 'yes_no');
  const typed = fields.filter((field) => !chosen.includes(field));
  return (
    <>
      {chosen.length > 0 ? (
        <ListFilters
          fields={chosen.map((field) => ({
            name: `f.${field.key}`,
            any: `${field.label}: any`,
            value: said(field)?.is,
            items: (field.type === 'yes_no' ? YES_NO : field.choices.map(({ id, label }) => ({ id, name: label }))).map(
              ({ id, name }) => ({ id, name: `${field.label}: ${name}` }),
            ),
          }))}
        />
      ) : null}
      {typed.length > 0 ? (
        <Group gap="xs" mt="xs" align="flex-end">
          {typed.map((field) => (
            <Typed key={field.id} field={field} said={said(field)} />
          ))}
        </Group>
      ) : null}
    </>
  );
}

function Typed({ field: { key, label, type }, said }: { field: CustomField; said: CustomFilter | undefined }) {
  if (type !== 'date' && type !== 'number')
    return <TextInput key={said?.is} size="xs" name={`f.${key}`} label={label} defaultValue={said?.is} autoComplete="off" />;
  const kind = type === 'date' ? { type: 'date' } : { inputMode: 'decimal' as const };
  return (
    <>
      <TextInput
        key={`from ${said?.from}`}
        size="xs"
        name={`f.${key}.from`}
        label={`${label} from`}
        {...kind}
        defaultValue={said?.from}
      />
      <TextInput
        key={`to ${said?.to}`}
        size="xs"
        name={`f.${key}.to`}
        label={`${label} until`}
        {...kind}
        defaultValue={said?.to}
      />
    </>
  );
}
