import { Alert, Anchor, List, Paper, Stack, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import styles from './money-pages.module.css';

interface Exception {
  code: string;
  count: number;
  message: string;
}

/** What to look at before a run; each with the place where something can be done about it. */
export function Exceptions({
  exceptions,
  linkOf,
}: {
  exceptions: readonly Exception[];
  linkOf: (code: string) => string | undefined;
}) {
  if (exceptions.length === 0) return null;
  return (
    <Paper withBorder p="md" mb="lg" className={styles.notice} component="section" aria-labelledby="before">
      <Title order={2} id="before" mb="xs">
        Before you go on
      </Title>
      <List size="sm" spacing={4}>
        {exceptions.map((one) => {
          const to = linkOf(one.code);
          return (
            <List.Item key={one.code}>
              {one.message}
              {to ? (
                <>
                  {' '}
                  <Anchor component={Link} to={to} size="sm" underline="always">
                    See which
                  </Anchor>
                </>
              ) : null}
            </List.Item>
          );
        })}
      </List>
    </Paper>
  );
}

/** Why nothing was issued or approved: what changed since the preview was looked at. */
export function ChangedSince({ message, changes }: { message: string; changes: readonly string[] }) {
  return (
    <Alert variant="light" color="red" role="alert" title={message} mb="lg" tabIndex={-1} data-error-summary>
      <Stack gap={4}>
        {changes.length > 0 ? (
          <List size="sm">
            {changes.slice(0, 20).map((change) => (
              <List.Item key={change}>{change}</List.Item>
            ))}
            {changes.length > 20 ? <List.Item>and {changes.length - 20} more</List.Item> : null}
          </List>
        ) : null}
      </Stack>
    </Alert>
  );
}
