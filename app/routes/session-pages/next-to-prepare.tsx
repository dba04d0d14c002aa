import { Anchor, Group, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Preparation } from './preparation.tsx';
import type { PreparationView } from './view-preparation.ts';

/** On the tutor's first page: the next session's preparation, and the way to the others'. */
export function NextToPrepare({ preparations }: { preparations: readonly PreparationView[] }) {
  const [next] = preparations;
  if (!next) return null;
  return (
    <section aria-labelledby="to-prepare">
      <Group justify="space-between" align="baseline" mb="sm">
        <Title order={2} id="to-prepare">
          To prepare
        </Title>
        <Anchor component={Link} to="/tutor/prepare" size="sm">
          The next seven days
        </Anchor>
      </Group>
      <Preparation preparation={next} />
    </section>
  );
}
