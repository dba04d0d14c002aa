import { Button, Stack, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { listBookingRequests } from '#app/domain/booking-requests/queries.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { familyPlanner } from '../planning-pages/planner-of.server.ts';
import { RequestCards } from '../planning-pages/request-cards.tsx';
import { viewRequest } from '../planning-pages/request-view.ts';

export const meta: MetaFunction = () => [{ title: 'Requests · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const { planner, reader, context } = await familyPlanner(args);
  const family = { clientIds: planner.clientIds, studentIds: planner.studentIds };
  const rows = await listBookingRequests(context.db, { family, limit: 60 });
  const views = rows.map((row) => viewRequest(row, { reader, as: 'family', currency: null }));
  return { waiting: views.filter((view) => view.waiting), over: views.filter((view) => !view.waiting) };
}

export default function FamilyRequests() {
  const { waiting, over } = useLoaderData<typeof loader>();
  const add = { to: '/family/book', label: 'Find a time' };
  return (
    <>
      <PageHeader
        title="Requests"
        description="What you asked for, and what was answered."
        actions={
          <Button component={Link} to={add.to} variant="default">
            {add.label}
          </Button>
        }
      />
      {waiting.length + over.length === 0 ? (
        <EmptyState
          title="Nothing was asked for yet"
          text="When you ask for a time, another time or a cancellation, you see here what became of it."
          action={add}
        />
      ) : (
        <Stack gap="xl">
          {waiting.length > 0 ? <Part id="waiting" title="Waiting" requests={waiting} /> : null}
          {over.length > 0 ? <Part id="over" title="Answered" requests={over} /> : null}
        </Stack>
      )}
    </>
  );
}

function Part({ id, title, requests }: { id: string; title: string; requests: ReturnType<typeof viewRequest>[] }) {
  return (
    <section aria-labelledby={id}>
      <Title order={2} id={id} mb="sm">
        {title}
      </Title>
      <RequestCards requests={requests} base="/family/requests" />
    </section>
  );
}
