import { Alert, Anchor, List } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { FormProblem } from './session-problem.ts';

/** The sentence on top of a refused form, with what it clashes with. Read out when it appears. */
export function ProblemAlert({ problem }: { problem: FormProblem | undefined }) {
  if (problem === undefined) return null;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={problem.message}
      role="alert"
      tabIndex={-1}
      data-error-summary
    >
      {problem.clashes.length > 0 || problem.more?.length ? (
        <List size="sm">
          {problem.more?.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
          {problem.clashes.map((clash) => (
            <List.Item key={clash.href + clash.text}>
              <Anchor component={Link} to={clash.href} inherit c="inherit" underline="always">
                {clash.text}
              </Anchor>
            </List.Item>
          ))}
        </List>
      ) : Object.keys(problem.errors).length > 0 ? (
        'What you typed is kept. Look at the fields marked below.'
      ) : (
        'Nothing was changed, and what you typed is kept.'
      )}
    </Alert>
  );
}
