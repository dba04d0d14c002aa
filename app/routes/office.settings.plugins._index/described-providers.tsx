import { Anchor, Button, Group, List, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';

/** Providers that are described as data at the settings, and the way to one more. */
export function DescribedProviders({ ids }: { ids: string[] }) {
  return (
    <section aria-labelledby="described">
      <Title order={2} id="described">
        A provider without a plugin
      </Title>
      <Text c="dimmed" size="sm" mb="sm" maw={620}>
        A meeting provider with a web interface can be described in some 40 lines: where it is called, with what, and what its
        replies mean. It is then set up like any other.
      </Text>
      {ids.length > 0 ? (
        <List size="sm" mb="sm">
          {ids.map((id) => (
            <List.Item key={id}>
              <Anchor component={Link} to={`/office/settings/plugins/declared/${id}`}>
                {id}
              </Anchor>
            </List.Item>
          ))}
        </List>
      ) : null}
      <Group>
        <Button component={Link} to="/office/settings/plugins/declared/new" variant="default">
          Describe a provider
        </Button>
      </Group>
    </section>
  );
}
