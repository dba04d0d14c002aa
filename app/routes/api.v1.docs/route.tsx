import { Anchor, Code, Container, Stack, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { API_SCOPES, SCOPE_MEANINGS } from '#app/auth/api-scopes.ts';
import { openApi } from '../api-endpoints/open-api.ts';
import { OPERATIONS } from '../api-endpoints/operations.server.ts';
import { CALL_CODES, DOMAIN_CODES } from '../api-endpoints/problem.ts';
import styles from './docs.module.css';
import { viewDocs } from './docs-view.ts';
import { Fields } from './fields.tsx';
import { OperationSection } from './operation-section.tsx';
import { Words } from './words.tsx';

/** For whoever writes a program for it: nothing of the company stands in it, so nobody has to sign in. */
export function loader({ context }: LoaderFunctionArgs) {
  const { origin } = context.config;
  return {
    base: `${origin}/api/v1`,
    groups: viewDocs(openApi(OPERATIONS, origin)),
    scopes: API_SCOPES.map((scope) => ({ name: scope, type: '', required: false, text: SCOPE_MEANINGS[scope] })),
    codes: Object.entries({ ...CALL_CODES, ...DOMAIN_CODES }).map(([code, text]) => ({ code, text })),
  };
}

export const meta: MetaFunction = () => [{ title: 'API · Lectern' }];

export default function ApiDocs() {
  const { base, groups, scopes, codes } = useLoaderData<typeof loader>();
  return (
    <Container component="main" id="main" size={1080} px="md" py="lg" className={styles.page}>
      <nav aria-label="On this page" className={styles.contents}>
        <a href="#calling">Calling it</a>
        {groups.map((group) => (
          <div key={group.tag}>
            <span>{group.tag}</span>
            {group.operations.map((operation) => (
              <a key={operation.id} href={`#${operation.id}`}>
                {operation.summary}
              </a>
            ))}
          </div>
        ))}
        <a href="#codes">Codes of errors</a>
      </nav>
      <div className={styles.text}>
        <Title order={1}>The API</Title>
        <Text c="dimmed" mb="lg">
          Tutors, students, programs, free slots and sessions, for programs. As a document for tools:{' '}
          <Anchor href="/api/v1/openapi.json" underline="always">
            openapi.json
          </Anchor>
          .
        </Text>
        <section aria-labelledby="calling">
          <Title order={2} id="calling">
            Calling it
          </Title>
          <Stack gap="xs" mt="xs">
            <Text size="sm">
              Everything is below <code>{base}</code>. An administrator makes a key under Settings, API keys, with the scopes it
              needs; it goes with every call.
            </Text>
            <Code block tabIndex={0} aria-label="A first call">{`curl -H "Authorization: Bearer $KEY" "${base}/programs"`}</Code>
            <Fields caption="Scopes" lines={scopes} />
            <Text size="sm">
              <b>Lists</b> come in pages of <code>limit</code> (50, at most 100). <code>next</code> is the <code>cursor</code> of
              the next page; on the last it is null. What is added meanwhile makes no page lose or repeat anything.
            </Text>
            <Text size="sm">
              <b>Writes</b> may carry an <code>Idempotency-Key</code>, any text of yours: sent again with it within a week, a
              write is done once and answered the same, also when both arrive at once. The same key for another write is refused
              with 422. After a failure of ours (5xx) send it again.
            </Text>
            <Text size="sm">
              <b>Times</b> come as instants in UTC and as <code>wallStart</code> in their <code>zone</code>; you give the latter,
              so that 16:00 stays 16:00 whatever the clocks do.
            </Text>
            <Text size="sm">
              <b>Changes meanwhile:</b> a session has a <code>version</code>. Move it with the one you read; if somebody was
              faster, the answer is 409 with both, <code>yours</code> and <code>current</code>.
            </Text>
            <Text size="sm">
              <b>Errors</b> are problem documents (RFC 9457) with a <code>code</code> for programs, a <code>detail</code> for
              people, and <code>errors</code> by field. <b>Limits:</b> 600 calls a minute for each key; <code>RateLimit</code>{' '}
              says what is left, <code>Retry-After</code> when to go on.
            </Text>
          </Stack>
        </section>
        {groups.map((group) => (
          <section key={group.tag} aria-label={group.tag}>
            <Title order={2} mt="xl">
              {group.tag}
            </Title>
            {group.operations.map((operation) => (
              <OperationSection key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
        <section aria-labelledby="codes">
          <Title order={2} id="codes" mt="xl" mb="xs">
            Codes of errors
          </Title>
          <dl className={styles.codes}>
            {codes.map(({ code, text }) => (
              <div key={code} id={`code-${code}`}>
                <dt>
                  <code>{code}</code>
                </dt>
                <dd>
                  <Words text={text} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Container>
  );
}
