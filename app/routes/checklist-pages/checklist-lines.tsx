import { Anchor, Group, Text } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import type { ChecklistRole } from '#app/domain/checklists/checklist.schema.ts';
import type { ChecklistLine } from '#app/domain/checklists/checklist-queries.server.ts';
import { DateTime } from '#app/ui/date-time.tsx';
import styles from './checklist.module.css';

interface Props {
  role: ChecklistRole;
  personId: string;
  lines: readonly ChecklistLine[];
  /** Who looks: the office ticks all that is ticked at all, the person their own. */
  as: 'office' | 'person';
  /** Where ticks are posted, and which page comes after. */
  action: string;
  back: string;
}

/** What is done and what is missing; what may be ticked has a button, what is read from the records has none. */
export function ChecklistLines({ role, personId, lines, as, action, back }: Props) {
  return (
    <ul className={styles.lines}>
      {lines.map((line) => {
        const mayTick = line.doneBy === 'person' || (line.doneBy === 'office' && as === 'office');
        const box = line.done ? (
          <IconCircleCheck size={20} aria-hidden color="var(--mantine-color-green-text)" />
        ) : (
          <IconCircle size={20} aria-hidden color="var(--mantine-color-dimmed)" />
        );
        const help = as === 'person' ? <Help line={line} /> : line.help;
        return (
          <li key={line.id}>
            {mayTick ? (
              <Form method="post" action={action} preventScrollReset>
                <input type="hidden" name="role" value={role} />
                <input type="hidden" name="personId" value={personId} />
                <input type="hidden" name="itemId" value={line.id} />
                <input type="hidden" name="back" value={back} />
                <button
                  type="submit"
                  name="done"
                  value={line.done ? 'no' : 'yes'}
                  className={styles.tick}
                  aria-label={line.done ? `${line.label}: done. Take the tick away` : `${line.label}: tick it`}
                >
                  {box}
                </button>
              </Form>
            ) : (
              <span className={styles.still}>{box}</span>
            )}
            <div>
              <Group gap={6}>
                <Text span size="sm" fw={500}>
                  {line.label}
                </Text>
                <Text span size="xs" c="dimmed">
                  {line.done ? '' : waitsFor(line, as)}
                </Text>
              </Group>
              {help ? (
                <Text size="sm" c="dimmed">
                  {help}
                </Text>
              ) : null}
              {as === 'office' && line.tickedAt ? (
                <Text size="xs" c="dimmed">
                  {line.tickedBy ? `${line.tickedBy}, ` : ''}
                  <DateTime value={line.tickedAt} />
                </Text>
              ) : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function waitsFor(line: ChecklistLine, as: Props['as']): string {
  if (line.fact) return as === 'office' ? 'ticks itself' : '';
  if (line.doneBy === 'office') return as === 'office' ? '' : 'the office ticks it';
  return as === 'office' ? 'theirs to tick' : 'tick it when it is done';
}

/** Where somebody does what is read from their records. */
const WHERE: Partial<Record<NonNullable<ChecklistLine['fact']>, { to: string; words: string }>> = {
  has_hours: { to: '/tutor/availability', words: 'To your hours' },
  clearances_valid: { to: '/tutor/documents', words: 'To your documents' },
};

function Help({ line }: { line: ChecklistLine }) {
  const where = line.fact && !line.done ? WHERE[line.fact] : undefined;
  if (!where) return <>{line.help}</>;
  return (
    <>
      {line.help ? `${line.help} ` : ''}
      <Anchor component={Link} to={where.to} size="sm">
        {where.words}
      </Anchor>
    </>
  );
}
