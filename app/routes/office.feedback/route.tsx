import { Alert, Button, Group, NativeSelect, Stack } from '@mantine/core';
import { type ActionFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { markFeedbackSeen } from '#app/domain/feedback/mark-feedback-seen.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Section } from '#app/ui/session-sections.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { FeedbackList } from '../feedback-pages/feedback-list.tsx';
import { PageLinks } from '../planning-pages/tabs.tsx';
import { addressOf, type Filter, isNarrowed, readFilter } from './feedback-filter.ts';
import { loadFeedbackPage, PAGE_SIZE } from './load-feedback-page.server.ts';
import { TutorRatingsTable } from './tutor-ratings-table.tsx';

const HELP = {
  text: 'What families and tutors say of sessions, by tutor over time. Low ones that nobody has seen to come first; tutors don’t read families’ words here.',
  about: 'office/progress',
} as const;

export const loader = loadFeedbackPage;

export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'feedback.read');
  const form = await request.formData();
  const read = form
    .getAll('read')
    .slice(0, PAGE_SIZE)
    .flatMap((value) => {
      const [id, version] = String(value).split(' ');
      return isId(id) && version ? [{ id, version }] : [];
    });
  const seen = await markFeedbackSeen(context.db, context, actorOf(user, context), read);
  const back = addressOf({ ...readFilter(new URL(request.url).searchParams), page: 1 });
  return redirect(`${back}${back.includes('?') ? '&' : '?'}seen=${seen}`);
}

export const meta: MetaFunction = () => [{ title: 'Feedback · Lectern' }];

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

export default function OfficeFeedback() {
  const page = useLoaderData<typeof loader>();
  const { filter, items, tutors } = page;
  return (
    <>
      <PageHeader
        help={HELP}
        title="Feedback"
        description="What families and tutors say of lessons. Neither side reads the other’s."
      />
      {page.seen > 0 ? (
        <Alert
          color="green"
          mb="md"
          role="status"
          title={page.seen === 1 ? '1 is marked as seen' : `${page.seen} are marked as seen`}
        />
      ) : null}
      {page.total === 0 && !isNarrowed(filter) ? (
        <EmptyState
          title="Nobody has said anything yet"
          text="After a lesson families and tutors are asked how it was, on their pages and by mail. What they answer stands here, by tutor and over time."
          action={{ to: '/office/settings/closeouts', label: 'When families are asked' }}
        />
      ) : (
        <Stack gap="xl">
          {tutors.length > 0 ? (
            <Section id="tutors" title="By tutor, in the last six months">
              <TutorRatingsTable rows={tutors} months={page.months} />
            </Section>
          ) : null}
          <Section id="said" title="What was said">
            <FilterForm page={page} />
            {items.length === 0 ? (
              <EmptyState
                title="Nothing fits these filters"
                text="No feedback of this kind."
                action={{ to: '/office/feedback', label: 'Show all feedback' }}
              />
            ) : (
              <Said page={page} />
            )}
          </Section>
        </Stack>
      )}
    </>
  );
}

function Said({ page }: { page: Page }) {
  const { filter, items } = page;
  const fresh = items.filter((item) => item.seen === '');
  return (
    <>
      <FeedbackList items={items} lesson />
      {fresh.length > 0 ? (
        <Form method="post">
          {fresh.map((item) => (
            <input key={item.id} type="hidden" name="read" value={`${item.id} ${item.version}`} />
          ))}
          <SubmitButton variant="default">
            {fresh.length === 1 ? 'Mark the new one as seen' : `Mark these ${fresh.length} as seen`}
          </SubmitButton>
        </Form>
      ) : null}
      <PageLinks
        page={filter.page}
        pages={page.pages}
        total={page.total}
        many="entries"
        to={(number) => addressOf({ ...filter, page: number })}
      />
    </>
  );
}

function FilterForm({ page }: { page: Page }) {
  const { filter, choices, unseen } = page;
  const select = (name: keyof Filter, label: string, data: { value: string; label: string }[]) => (
    <NativeSelect name={name} label={label} data={data} defaultValue={String(filter[name])} key={`${name} ${filter[name]}`} />
  );
  return (
    <Form method="get" action="/office/feedback">
      <Group gap="sm" align="flex-end" mb="md">
        {select('tutor', 'Tutor', [
          { value: '', label: 'All tutors' },
          ...choices.map(({ id, name }) => ({ value: id, label: name })),
        ])}
        {select('side', 'Said by', [
          { value: '', label: 'Everybody' },
          { value: 'family', label: 'Families' },
          { value: 'tutor', label: 'Tutors' },
        ])}
        {select('show', 'Show', [
          { value: '', label: 'All' },
          { value: 'new', label: `New (${unseen})` },
          { value: 'low', label: 'Low ratings' },
        ])}
        <Button type="submit" variant="default">
          Show
        </Button>
      </Group>
    </Form>
  );
}
