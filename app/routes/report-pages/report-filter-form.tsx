import { Anchor, Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { Form, Link, useSubmit } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { ReportPreset } from '#app/domain/reports/report-period.ts';
import { type ReportFilter, reportQuery } from './report-filter.ts';
import styles from './report-pages.module.css';

type Choices = readonly { id: string; name: string }[];

interface ReportFilterFormProps {
  path: string;
  filter: ReportFilter;
  errors: Record<string, string>;
  choices: { presets: readonly ReportPreset[]; tutors: Choices; programs: Choices; subjects: Choices };
  /** What its rows can be grouped by; left out where it has rows of one kind. */
  groups?: readonly { value: ReportFilter['by']; label: string }[];
  compares?: boolean;
  /** Of whom it can be narrowed to; all three unless said. */
  narrows?: readonly ('tutor' | 'program' | 'subject')[];
  /** Further fields of its own, within the form. */
  children?: ReactNode;
}

const EVERY = ['tutor', 'program', 'subject'] as const;

const list = (all: string, choices: Choices) => [
  { value: '', label: all },
  ...choices.map(({ id, name }) => ({ value: id, label: name })),
  { value: 'none', label: 'None' },
];

/** The filter, which is the address: choosing applies it at once, and without a script the button does. */
export function ReportFilterForm({
  path,
  filter,
  errors,
  choices,
  groups,
  compares = false,
  narrows = EVERY,
  children,
}: ReportFilterFormProps) {
  const submit = useSubmit();
  const people = [
    { name: 'tutor', label: 'Tutor', value: filter.tutor, data: list('All tutors', choices.tutors) },
    { name: 'program', label: 'Program', value: filter.program, data: list('All programs', choices.programs) },
    { name: 'subject', label: 'Subject', value: filter.subject, data: list('All subjects', choices.subjects) },
  ] as const;
  const selects = [
    ...people.filter(({ name }) => narrows.includes(name)),
    ...(groups ? [{ name: 'by', label: 'Rows by', value: filter.by, data: [...groups] }] : []),
    ...(compares
      ? [
          {
            name: 'compare',
            label: 'Held against',
            value: filter.compare,
            data: [
              { value: 'before', label: 'The time before' },
              { value: 'year', label: 'A year earlier' },
              { value: 'none', label: 'Nothing' },
            ],
          },
        ]
      : []),
  ];
  return (
    <div className="no-print">
      <Group gap="md" mb="xs" component="nav" aria-label="Periods">
        {choices.presets.map((preset) => {
          const current = preset.from === filter.from && preset.until === filter.until;
          return (
            <Anchor
              key={preset.key}
              component={Link}
              to={`${path}?${reportQuery(filter, { from: preset.from, until: preset.until, page: 1 })}`}
              size="sm"
              fw={current ? 600 : 400}
              aria-current={current ? 'true' : undefined}
            >
              {preset.label}
            </Anchor>
          );
        })}
      </Group>
      <Form
        method="get"
        action={path}
        role="search"
        aria-label="Narrow the report"
        className={styles.filters}
        key={JSON.stringify(filter)}
        noValidate
        onChange={(event) => {
          if (event.target instanceof HTMLSelectElement) submit(event.currentTarget, { preventScrollReset: true });
        }}
      >
        <TextInput id="from" name="from" type="date" label="From" defaultValue={filter.from} error={errors.from} size="xs" />
        <TextInput
          id="until"
          name="until"
          type="date"
          label="Up to and including"
          defaultValue={filter.until}
          error={errors.until}
          size="xs"
        />
        {selects.map(({ name, label, value, data }) => (
          <NativeSelect key={name} name={name} label={label} defaultValue={value} data={data} size="xs" />
        ))}
        {children}
        <Button type="submit" variant="default" size="xs">
          Show
        </Button>
      </Form>
    </div>
  );
}
