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

/** A state in a word. The word says it; the colour only helps to find it. */
export function StatusBadge({ label, tone = 'neutral' }: { label: string; tone?: Tone }) {
  return (
    <Badge color={colours[tone]} variant={tone === 'quiet' ? 'outline' : 'light'} tt="none" fw={500} size="md" autoContrast>
      {label}
    </Badge>
  );
}
