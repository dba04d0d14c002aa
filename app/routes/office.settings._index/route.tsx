import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { type Action, can } from '#app/auth/can.ts';
import { PageHeader } from '#app/ui/page-header.tsx';

export const meta: MetaFunction = () => [{ title: 'Settings · Lectern' }];

const places: { to: string; title: string; text: string; action: Action }[] = [
  {
    to: '/office/settings/organisation',
    title: 'Organisation',
    text: 'Name, address, support contact, time zone and currency',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/booking',
    title: 'Booking',
    text: 'Lengths and grid, when Join opens, usual billing and meeting provider',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/scheduling',
    title: 'Scheduling',
    text: 'Who may book what, how early and how far ahead, limits, requests, storefront, travel',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/matching',
    title: 'Matching',
    text: 'What speaks for a tutor, and by how much; how long offers stand',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/closures',
    title: 'Closures',
    text: 'Days on which you are closed; public holidays from a file',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/places',
    title: 'Places',
    text: 'Where sessions in person are, families’ homes, the way between them',
    action: 'place.manage',
  },
  {
    to: '/office/settings/rooms',
    title: 'Rooms',
    text: 'Rooms of your own, each with one session at a time',
    action: 'place.manage',
  },
  {
    to: '/office/settings/storefront',
    title: 'Booking page',
    text: 'What families and guests may book by themselves, and the line for your website',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/forms',
    title: 'Public forms',
    text: 'The enquiry form for families and the application form for tutors, and the line for your website',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/checklists',
    title: 'Checklists',
    text: 'What tutors, clients and students go through until they are at home with you',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/policies',
    title: 'Policies',
    text: 'No-shows, late cancellations, when a session is done, mileage, due days',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/cancellation-reasons',
    title: 'Reasons for cancelling',
    text: 'What can be chosen, by whom, in which order',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/fields',
    title: 'Fields',
    text: 'What you note of people, requests and sessions, and who sees it',
    action: 'organisation.manage',
  },
  {
    to: '/office/programs',
    title: 'Programs',
    text: 'What you offer, with rules of its own where they differ',
    action: 'program.write',
  },
  {
    to: '/office/settings/stages',
    title: 'Stages of requests',
    text: 'What a request goes through, and when it waits too long',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/task-rules',
    title: 'Task rules',
    text: 'What makes a task by itself, for whom and by when',
    action: 'organisation.manage',
  },
  { to: '/office/subjects', title: 'Subjects', text: 'What is taught', action: 'program.write' },
  {
    to: '/office/settings/levels',
    title: 'Levels',
    text: 'How far a subject goes: primary, high school, university',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/tags',
    title: 'Tags',
    text: 'Words of your own for people and requests',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/clearances',
    title: 'Clearances',
    text: 'Checks, permits and contracts that tutors need, and when to remind',
    action: 'organisation.manage',
  },
  {
    to: '/office/settings/pay-groups',
    title: 'Pay groups',
    text: 'Who is paid by which calendar',
    action: 'organisation.manage',
  },
  { to: '/office/rates', title: 'Rates', text: 'What an hour costs and what it pays, by date', action: 'rates.manage' },
  {
    to: '/office/settings/files',
    title: 'Files',
    text: 'Which files are taken, and how large they may be',
    action: 'organisation.manage',
  },
  { to: '/office/settings/plugins', title: 'Plugins', text: 'Billing modes and meeting providers', action: 'plugins.manage' },
  { to: '/office/settings/users', title: 'Users and roles', text: 'Who signs in, and as what', action: 'users.manage' },
  {
    to: '/office/settings/api-keys',
    title: 'API keys',
    text: 'Programs that read the schedule and book for you',
    action: 'api.manage',
  },
  {
    to: '/office/duplicates',
    title: 'Duplicates',
    text: 'Two records of one person made one, and what was merged',
    action: 'people.merge',
  },
  {
    to: '/office/clean-up',
    title: 'Clean up',
    text: 'Families and tutors without a session for long, archived together',
    action: 'people.write',
  },
  { to: '/office/settings/audit', title: 'Audit log', text: 'Who changed what and when', action: 'audit.read' },
];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  return { places: places.filter((place) => can(user, place.action)).map(({ to, title, text }) => ({ to, title, text })) };
}

export default function Settings() {
  const shown = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Settings" />
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
