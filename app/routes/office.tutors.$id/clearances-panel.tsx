import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { currentOf } from '#app/domain/clearances/clearance.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import { type KindShown, Until } from '../clearance-pages/kinds-list.tsx';
import { StandingBadge } from '../clearance-pages/standing-badge.tsx';

interface Props {
  kinds: readonly KindShown[];
  today: string;
  to: string;
}

/** How the tutor stands with what is asked of them; the whole of it is on its own page. */
export function ClearancesPanel({ kinds, today, to }: Props) {
  if (kinds.length === 0) return null;
  return (
    <Panel
      title="Clearances"
      aside={
        <Anchor component={Link} to={to} size="sm">
          See and add
        </Anchor>
      }
    >
      <Stack gap={8}>
        {kinds.map((kind) => {
          const current = currentOf(kind.papers);
          return (
            <Group key={kind.type.id} justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
              <div>
                <Text size="sm">{kind.type.name}</Text>
                {current ? (
                  <Text size="xs" c="dimmed">
                    <Until until={current.until} today={today} />
                  </Text>
                ) : null}
              </div>
              <StandingBadge standing={kind.standing} required={kind.required} />
            </Group>
          );
        })}
      </Stack>
    </Panel>
  );
}
