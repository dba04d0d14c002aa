import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CustomField, CustomValue, CustomValues } from '#app/domain/fields/custom-field.ts';
import { valueText } from '#app/domain/fields/custom-values.ts';
import { LocalDate } from './date-time.tsx';
import { Facts, Panel } from './record-facts.tsx';
import { FactList } from './session-facts.tsx';
import { useViewer } from './viewer.ts';

interface Props {
  custom: { fields: readonly CustomField[]; values: CustomValues };
}

/** What a record has in its additional fields, on its page; nothing where all are empty. */
export function CustomPanel({ custom, title = 'More' }: Props & { title?: string }) {
  const filled = custom.fields.filter((field) => custom.values[field.id] !== undefined);
  if (filled.length === 0) return null;
  return (
    <Panel title={title}>
      <Facts rows={customRows({ custom })} />
    </Panel>
  );
}

function customRows({ custom: { fields, values } }: Props): [label: string, value: ReactNode][] {
  return fields
    .filter((field) => values[field.id] !== undefined)
    .map((field) => [field.label, <CustomText key={field.id} field={field} value={values[field.id]} />]);
}

/** The same on a session's page. */
export function CustomFactList({ custom }: Props) {
  const rows = customRows({ custom });
  return rows.length === 0 ? null : <FactList facts={rows.map(([label, value]) => ({ label, value }))} />;
}

/** One value by its type: a link, a date and a number as the reader writes them, a text with its lines. */
export function CustomText({ field, value }: { field: CustomField; value: CustomValue | undefined }) {
  const { locale } = useViewer();
  const text = valueText(field, value);
  if (value === undefined || text === '') return <>–</>;
  switch (field.type) {
    case 'url':
      return (
        <Anchor href={text} target="_blank" rel="noopener noreferrer nofollow" style={{ overflowWrap: 'anywhere' }}>
          {text}
        </Anchor>
      );
    case 'email':
      return <Anchor href={`mailto:${encodeURIComponent(text)}`}>{text}</Anchor>;
    case 'number':
      return (
        <span className="tabular">{new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(Number(value))}</span>
      );
    case 'date':
      return <LocalDate value={text} />;
    case 'long_text':
      return <span style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{text}</span>;
    default:
      return <span style={{ overflowWrap: 'anywhere' }}>{text}</span>;
  }
}

/** In a cell of a list: long texts in two lines. */
export function CustomCell({ field, value }: { field: CustomField; value: CustomValue | undefined }) {
  if (field.type !== 'long_text' && field.type !== 'text') return <CustomText field={field} value={value} />;
  return (
    <Text span size="sm" lineClamp={2} maw={320} style={{ overflowWrap: 'anywhere' }}>
      {valueText(field, value).slice(0, 300) || '–'}
    </Text>
  );
}
