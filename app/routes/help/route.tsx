import { Anchor, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize, forbidden } from '#app/auth/authorize.server.ts';
import type { HelpRole } from '#app/domain/help/help-topics.ts';
import { AnyShell } from '#app/ui/any-shell.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { shellFor } from '#app/ui/shell-for.server.ts';
import styles from './help.module.css';
import { helpRolesOf, loadHelp } from './load-help.server.ts';

export const meta: MetaFunction = () => [{ title: 'Help · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const roles = helpRolesOf(user);
  const asked = new URL(args.request.url).searchParams.get('for');
  // Families and students share their pages, and so the links into the help.
  const wanted = asked === 'family' && !roles.includes('family') ? 'student' : asked;
  const role = asked === null ? roles[0] : roles.find((one) => one === wanted);
  if (!role) throw forbidden();
  return { ...(await shellFor(args.context, user)), roles, role, sections: await loadHelp(args.context, user, role) };
}

const WHOSE: Record<HelpRole, string> = { office: 'Office', tutor: 'Tutors', family: 'Families', student: 'Students' };

export default function Help() {
  const { roles, role, sections, ...frame } = useLoaderData<typeof loader>();
  return (
    <AnyShell {...frame}>
      <div className={styles.page}>
        <PageHeader
          title="How it works here"
          description={`As ${frame.shell.organisation} has set it up today: when a rule changes, this page does.`}
        />
        {roles.length > 1 ? (
          <nav aria-label="Whose help">
            <Group gap="xs" mb="md">
              {roles.map((one) => (
                <Button
                  key={one}
                  component={Link}
                  to={`/help?for=${one}`}
                  size="xs"
                  variant={one === role ? 'light' : 'subtle'}
                  aria-current={one === role ? 'page' : undefined}
                >
                  {WHOSE[one]}
                </Button>
              ))}
            </Group>
          </nav>
        ) : null}
        <nav aria-label="On this page">
          <ul className={styles.contents}>
            {sections.map((section) => (
              <li key={section.id}>
                <Anchor href={`#${section.id}`} size="sm">
                  {section.title}
                </Anchor>
              </li>
            ))}
          </ul>
        </nav>
        <Stack gap="xl">
          {sections.map((section) => (
            <section key={section.id} id={section.id} aria-labelledby={`${section.id}-title`} className={styles.section}>
              <Title order={2} id={`${section.id}-title`} mb={6}>
                {section.title}
              </Title>
              <List spacing={6}>
                {section.text.map((line) => (
                  <List.Item key={line}>{line}</List.Item>
                ))}
              </List>
              {section.programs?.map((program) => (
                <div key={program.name} className={styles.program}>
                  <Text fw={600} size="sm">
                    In {program.name}
                  </Text>
                  <List spacing={4} size="sm">
                    {program.text.map((line) => (
                      <List.Item key={line}>{line}</List.Item>
                    ))}
                  </List>
                </div>
              ))}
              {section.links ? (
                <Group gap="md" mt="xs">
                  {section.links.map((link) => (
                    <Anchor key={link.to} component={Link} to={link.to} size="sm">
                      {link.label}
                    </Anchor>
                  ))}
                </Group>
              ) : null}
            </section>
          ))}
        </Stack>
      </div>
    </AnyShell>
  );
}
