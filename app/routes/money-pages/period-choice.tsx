import { Anchor, Button, Group, Paper, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { type PeriodPreset, periodQuery, type ShownPeriod } from './period.ts';

interface PeriodChoiceProps {
  path: string;
  shown: ShownPeriod;
  presets: readonly PeriodPreset[];
  errors: Record<string, string>;
  /** Kept in the URL beside the period. */
  keep?: Record<string, string>;
  /** Where the choice is a step of its own and leads on. */
  next?: string;
}

/** Last month, this month, or any days; the choice stands in the URL. */
export function PeriodChoice({ path, shown, presets, errors, keep = {}, next }: PeriodChoiceProps) {
  const kept = new URLSearchParams(keep).toString();
  return (
    <Paper withBorder p="sm" mb="lg" className="no-print">
      <Form method="get" action={path} noValidate>
        {Object.entries(keep).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Group gap="sm" align="flex-end">
          <TextInput
            key={`from-${shown.from}`}
            id="from"
            name="from"
            type="date"
            label="From"
            defaultValue={shown.from}
            error={errors.from}
          />
          <TextInput
            key={`until-${shown.until}`}
            id="until"
            name="until"
            type="date"
            label="Up to and including"
            defaultValue={shown.until}
            error={errors.until}
          />
          <Button type="submit" variant={next ? 'filled' : 'default'}>
            {next ?? 'Show'}
          </Button>
          <Group gap="md" component="nav" aria-label="Periods" pb={6}>
            {presets.map((preset) => {
              const current = preset.from === shown.from && preset.until === shown.until;
              return (
                <Anchor
                  key={preset.key}
                  component={Link}
                  to={`${path}?${periodQuery(preset)}${kept ? `&${kept}` : ''}`}
                  size="sm"
                  fw={current ? 600 : 400}
                  aria-current={current ? 'true' : undefined}
                >
                  {preset.label}
                </Anchor>
              );
            })}
          </Group>
        </Group>
      </Form>
    </Paper>
  );
}
