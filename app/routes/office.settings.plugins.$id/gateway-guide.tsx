import { Code, List, Paper, Text, Title } from '@mantine/core';

/** What is to be done at the payment provider, in order, with the address that its events go to. */
export function GatewayGuide({ hookUrl, events }: { hookUrl: string; events: readonly string[] }) {
  return (
    <Paper withBorder p="lg" radius="md" component="section" aria-labelledby="guide">
      <Title order={2} id="guide" mb="xs">
        What to do at the provider
      </Title>
      <List type="ordered" size="sm" spacing="xs">
        <List.Item>Create a secret key there and enter it below. Begin with a test key: it takes no real money.</List.Item>
        <List.Item>
          Add a webhook (an event destination) with this address:
          <Code block mt={4}>
            {hookUrl}
          </Code>
        </List.Item>
        {events.length > 0 ? (
          <List.Item>
            Let it send these events:
            <Code block mt={4}>
              {events.join('\n')}
            </Code>
          </List.Item>
        ) : null}
        <List.Item>Copy the webhook’s signing secret, enter it below and save.</List.Item>
        <List.Item>
          Enable it here, pay an invoice as a family with a test card (4242 4242 4242 4242 at Stripe), and look at the payment.
        </List.Item>
        <List.Item>Replace both by those of the live account.</List.Item>
      </List>
      <Text size="sm" mt="sm" c="dimmed">
        Not yet run against a live account: it is held against a copy of the provider’s documented rules. An event that gets lost
        does no harm; what became of a payment is asked after every ten minutes.
      </Text>
    </Paper>
  );
}
