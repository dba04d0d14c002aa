import { Alert, Code, Stack, Table, Text } from '@mantine/core';
import type { DescriptionAnswer } from './answer-description.server.ts';

/** What would have been sent, and what was made of the reply. */
export function TrialResult({ trial }: { trial: NonNullable<DescriptionAnswer['trial']> }) {
  return (
    <Stack gap="sm" role="status">
      {trial.request ? (
        <div>
          <Text size="sm" fw={500} mb={4}>
            What would be sent
          </Text>
          <Code block>{trial.request}</Code>
        </div>
      ) : trial.operation === 'webhook' ? null : (
        <Text size="sm">Nobody is called for it.</Text>
      )}
      {trial.problem ? (
        <Alert color="red" variant="light" title="The reply is refused">
          {trial.problem}
        </Alert>
      ) : null}
      {trial.values.length > 0 ? (
        <Table withTableBorder>
          <caption>What is made of the reply</caption>
          <tbody>
            {trial.values.map(({ key, value }) => (
              <Table.Tr key={key}>
                <Table.Th scope="row" w={140}>
                  {key}
                </Table.Th>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
              </Table.Tr>
            ))}
          </tbody>
        </Table>
      ) : trial.problem ? null : (
        <Text size="sm">The reply is taken. Nothing is read from it.</Text>
      )}
    </Stack>
  );
}
