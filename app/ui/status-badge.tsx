import { Badge } from '@mantine/core';

export type Tone = 'neutral' | 'live' | 'good' | 'attention' | 'bad' | 'quiet';

const colours: Record<Tone, string> = {
  neutral: 'gray',
  live: 'lectern',
  good: 'green',
  attention: 'yellow',
  bad: 'red',
  quiet: 'gray',
};

/**
 * A state in a word. The word says it, in the colour of all text so that it can be read; the tint only helps to find it.
 * A span, because states stand within sentences too.
 */
export function StatusBadge({ label, tone = 'neutral' }: { label: string; tone?: Tone }) {
  return (
    <Badge
      component="span"
      color={colours[tone]}
      variant={tone === 'quiet' ? 'outline' : 'light'}
      tt="none"
      fw={500}
      size="md"
      styles={{ label: { color: 'var(--mantine-color-text)', overflow: 'visible' } }}
    >
      {label}
    </Badge>
  );
}
