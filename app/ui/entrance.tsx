import { Alert, Container, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertCircle, IconSchool } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './entrance.module.css';

interface Props {
  title: string;
  intro?: ReactNode;
  /** What is wrong with the whole form; what is wrong with a field stands at the field. */
  message?: string | undefined;
  children: ReactNode;
  footer?: ReactNode;
}

/** The pages before the door: signing in, invitations, a new password, the first set-up. */
export function Entrance({ title, intro, message, children, footer }: Props) {
  return (
    <Container component="main" id="main" size={460} px="md" className={classes.page}>
      <Stack gap="lg">
        <div className={classes.mark}>
          <IconSchool size={22} stroke={1.6} aria-hidden />
          <span>Lectern</span>
        </div>
        <Paper withBorder radius="md" p={{ base: 'md', xs: 'xl' }}>
          <Stack gap="md">
            <div>
              <Title order={1}>{title}</Title>
              {intro === undefined ? null : (
                <Text c="dimmed" size="sm" mt={6}>
                  {intro}
                </Text>
              )}
            </div>
            {message === undefined ? null : (
              <Alert color="red" variant="light" role="alert" icon={<IconAlertCircle size={18} aria-hidden />}>
                {message}
              </Alert>
            )}
            {children}
          </Stack>
        </Paper>
        {footer}
      </Stack>
    </Container>
  );
}
