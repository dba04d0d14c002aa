import { Alert, Anchor, Button, Checkbox, Code, Group, Stack, Text, Textarea, VisuallyHidden } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listShowable, readOffer } from '#app/domain/storefront/offer-queries.server.ts';
import { showInStorefront, showInStorefrontSchema } from '#app/domain/storefront/show-in-storefront.server.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Facts, Panel, RecordColumn, RecordColumns } from '#app/ui/record-facts.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { gapSentence } from './gap-sentence.ts';
import styles from './storefront.module.css';

export const meta: MetaFunction = () => [{ title: 'Booking page · Lectern' }];

const PATH = '/office/settings/storefront';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const { context } = args;
  const [offer, showable] = await Promise.all([readOffer(context.db, context), listShowable(context.db)]);
  const { storefront } = offer.rules;
  return {
    enabled: storefront.enabled,
    confirm: offer.confirm,
    wanted: storefront.confirm,
    holdMinutes: storefront.holdMinutes,
    origins: storefront.embedOrigins,
    gaps: offer.gaps,
    offered: offer.programs.map(({ id, name, subjects }) => ({ id, name, subjects: subjects.length })),
    origin: context.config.origin,
    ...showable,
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const read = showInStorefrontSchema.safeParse(Object.fromEntries(await request.formData()));
  try {
    if (!read.success) throw new Response('Nothing to do.', { status: 400 });
    await showInStorefront(context.db, actorOf(user, context), read.data);
    return redirect(PATH);
  } catch (error) {
    return refusedAction(error);
  }
}

export default function StorefrontSettings() {
  const page = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const snippet = `<script src="${page.origin}/book/embed.js" async></script>`;
  const frame = `<iframe src="${page.origin}/book/embed" title="Book a lesson" style="width:100%;height:800px;border:0"></iframe>`;
  const shownTutors = page.tutors.filter((tutor) => tutor.shown);
  return (
    <>
      <PageHeader
        title="Booking page"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="Where families and guests book by themselves, at its own address and within your website."
        actions={
          <>
            <Button component={Link} to="/office/settings/scheduling" variant="default">
              Change its rules
            </Button>
            {page.enabled ? (
              <Button component="a" href="/book" target="_blank" rel="noopener">
                Open it
              </Button>
            ) : null}
          </>
        }
      />
      <ToldAlert told={told} />
      <RecordColumns>
        <RecordColumn>
          <Panel
            title="Now"
            aside={<StatusBadge tone={page.enabled ? 'good' : 'neutral'} label={page.enabled ? 'Open to everyone' : 'Closed'} />}
          >
            <Facts
              rows={[
                [
                  'Address',
                  page.enabled ? (
                    <Anchor key="a" href="/book">
                      {page.origin}/book
                    </Anchor>
                  ) : (
                    `${page.origin}/book`
                  ),
                ],
                ['A booking is firm', page.confirm === 'at_once' ? 'At once' : 'When the office has accepted it'],
                ['A time is kept', `${page.holdMinutes} minutes, while they say who it is for`],
                ['Shown within', page.origins.length === 0 ? 'Any website' : page.origins.join(', ')],
              ]}
            />
            {page.confirm !== page.wanted ? (
              <Text size="sm">
                Guests have no credits, and bookings without them are refused: so each one waits for the office, whatever the
                rules say.
              </Text>
            ) : null}
            {page.enabled && page.offered.length === 0 ? (
              <Alert color="yellow" variant="light">
                Nothing can be booked there yet. Mark a program and a tutor below.
              </Alert>
            ) : null}
            {page.gaps.length > 0 ? (
              <Alert color="yellow" variant="light" title="What keeps something from being shown">
                <Stack gap={4}>
                  {page.gaps.map((gap) => (
                    <Text key={gap.what} size="sm">
                      {gapSentence(gap)}
                    </Text>
                  ))}
                </Stack>
              </Alert>
            ) : null}
          </Panel>
          <Panel title="On your website">
            <Text size="sm">Copy this line to where the booking page should stand. It takes the height it needs.</Text>
            <Code block className={styles.line}>
              {snippet}
            </Code>
            <Text size="sm" c="dimmed">
              Where scripts are not let in, this does as well:
            </Text>
            <Code block className={styles.line}>
              {frame}
            </Code>
          </Panel>
          <Panel title="Programs">
            <Stack gap="xs">
              {page.programs.map((program) => {
                const offered = page.offered.find(({ id }) => id === program.id);
                return (
                  <Form method="post" key={program.id} preventScrollReset>
                    <input type="hidden" name="what" value="program" />
                    <input type="hidden" name="id" value={program.id} />
                    {program.shown ? null : <input type="hidden" name="shown" value="on" />}
                    <Group justify="space-between" wrap="nowrap">
                      <div>
                        <Text size="sm" fw={500}>
                          {program.name}
                        </Text>
                        <Text size="sm" c="dimmed">
                          {!program.shown
                            ? 'Not on the page'
                            : offered
                              ? `On the page, with ${offered.subjects === 1 ? '1 subject' : `${offered.subjects} subjects`}`
                              : 'Marked, but nothing of it can be booked'}
                        </Text>
                      </div>
                      <Button type="submit" variant="default" size="compact-sm">
                        {program.shown ? 'Take off' : 'Show'}
                        <VisuallyHidden> {program.name}</VisuallyHidden>
                      </Button>
                    </Group>
                  </Form>
                );
              })}
            </Stack>
          </Panel>
        </RecordColumn>
        <RecordColumn>
          <Panel
            title="Tutors"
            aside={<Text size="sm" c="dimmed">{`${shownTutors.length} of ${page.tutors.length} shown`}</Text>}
          >
            {page.tutors.length === 0 ? <Text size="sm">There are no tutors yet.</Text> : null}
            {page.tutors.map((tutor) => (
              <details key={tutor.id}>
                <summary>
                  <Text span size="sm" fw={500}>
                    {tutor.name}
                  </Text>{' '}
                  <Text span size="sm" c="dimmed">
                    {tutor.shown ? (tutor.text ? 'shown' : 'shown, without words of their own') : 'not shown'}
                  </Text>
                </summary>
                <Form method="post" preventScrollReset>
                  <input type="hidden" name="what" value="tutor" />
                  <input type="hidden" name="id" value={tutor.id} />
                  <Stack gap="xs" py="xs">
                    <Checkbox name="shown" label="Can be booked on the page" defaultChecked={tutor.shown} />
                    <Textarea
                      name="text"
                      label={`What ${tutor.name} says of themselves`}
                      defaultValue={tutor.text}
                      maxLength={600}
                      rows={3}
                    />
                    <Group>
                      <Button type="submit" size="compact-sm">
                        Save
                      </Button>
                    </Group>
                  </Stack>
                </Form>
              </details>
            ))}
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
