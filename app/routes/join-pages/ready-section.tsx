import { Text } from '@mantine/core';
import sections from '#app/ui/session-sections.module.css';
import { Section } from '#app/ui/session-sections.tsx';

/** Who tried camera, microphone and line before the session, and what they found. */
export function ReadySection({ ready }: { ready: readonly { userId: string; name: string; text: string; ok: boolean }[] }) {
  if (ready.length === 0) return null;
  return (
    <Section id="ready" title="Checked beforehand">
      <ul className={sections.list}>
        {ready.map((one) => (
          <li key={one.userId}>
            <Text size="sm">
              {one.name}:{' '}
              <Text span c={one.ok ? 'dimmed' : 'var(--mantine-color-error)'}>
                {one.text}
              </Text>
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
