import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { settingsPlaces } from '#app/ui/settings-places.ts';

const HELP = {
  text: 'Everything you set once. What follows from it for everybody is written out under “How it works here”.',
  about: 'office/settings',
} as const;

export const meta: MetaFunction = () => [{ title: 'Settings · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  return {
    places: settingsPlaces.filter((place) => can(user, place.action)).map(({ to, title, text }) => ({ to, title, text })),
  };
}

export default function Settings() {
  const shown = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader help={HELP} title="Settings" />
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        {shown.places.map((place) => (
          <Paper
            key={place.to}
            component={Link}
            to={place.to}
            withBorder
            p="md"
            radius="md"
            c="var(--mantine-color-text)"
            td="none"
          >
            <Text fw={600}>{place.title}</Text>
            <Text size="sm" c="dimmed">
              {place.text}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
    </>
  );
}
