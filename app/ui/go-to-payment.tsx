import { Alert, Anchor } from '@mantine/core';
import { useEffect } from 'react';

/**
 * On to the provider's own page. By an address of its own rather than an answer to the form, which browsers let lead to
 * this site alone; without a script the link is there to press.
 */
export function GoToPayment({ url }: { url: string }) {
  useEffect(() => window.location.assign(url), [url]);
  return (
    <Alert variant="light" role="status" mb="md">
      <Anchor href={url} fw={600}>
        Go on to the payment page
      </Anchor>
    </Alert>
  );
}
