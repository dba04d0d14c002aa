import { Text } from '@mantine/core';
import type { PresenceView } from '#app/ui/session-presence.ts';
import sections from '#app/ui/session-sections.module.css';
import { Section } from '#app/ui/session-sections.tsx';

/** Who was in the room and who came by our link: what a close-out can lean on, and no more. */
export function PresenceSection({ presence }: { presence: PresenceView | null }) {
  if (!presence || presence.lines.length === 0) return null;
  return (
    <Section id="presence" title="Who was there">
      <ul className={sections.list}>
        {presence.lines.map((line) => (
          <li key={line.key}>
            <Text size="sm" className="tabular">
              {line.name}
              {line.role && line.role !== 'student' ? ` (${line.role})` : ''}{' '}
              <Text span c={line.missing ? 'var(--mantine-color-error)' : 'dimmed'}>
                {line.text}
              </Text>
            </Text>
          </li>
        ))}
      </ul>
      <Text size="xs" c="dimmed" mt={6}>
        {presence.told
          ? 'As the online room and our link saw it. It decides nothing: the close-out does.'
          : 'As our link saw it; who came another way is not in it. It decides nothing: the close-out does.'}
      </Text>
    </Section>
  );
}
