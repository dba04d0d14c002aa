import { Paper, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { Form } from '@remix-run/react';
import type { DemoAccount } from '#app/auth/demo-accounts.ts';
import { ROLE_NAMES } from '#app/auth/roles.ts';
import classes from './demo-accounts.module.css';

/** One click each; plain buttons of one form, so they work without JavaScript. */
export function DemoAccounts({ accounts, to }: { accounts: readonly DemoAccount[]; to: string }) {
  if (accounts.length === 0) return null;
  return (
    <Paper withBorder radius="md" p={{ base: 'md', xs: 'xl' }} component="section" aria-labelledby="demo-title">
      <Stack gap="sm">
        <div>
          <Title order={2} id="demo-title">
            Look around the demo
          </Title>
          <Text c="dimmed" size="sm" mt={4}>
            A made-up company. Whatever you change is yours to change.
          </Text>
        </div>
        <Form method="post">
          <input type="hidden" name="to" value={to} />
          <Stack gap={4}>
            {accounts.map((account) => (
              <UnstyledButton key={account.email} type="submit" name="demo" value={account.email} className={classes.account}>
                <span className={classes.role}>{ROLE_NAMES[account.role]}</span>
                <span className={classes.sees}>{account.sees}</span>
              </UnstyledButton>
            ))}
          </Stack>
        </Form>
      </Stack>
    </Paper>
  );
}
