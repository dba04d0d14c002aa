import { Alert, Anchor } from '@mantine/core';
import { useEffect } from 'react';

/**
 * On to a page of somebody else's. By an address of its own rather than an answer to the form, which browsers let lead to
 * this site alone; without a script the link is there to press.
 */
export function GoElsewhere({ url, label }: { url: string; label: string }) {
  useEffect(() => window.location.assign(url), [url]);
  return (
    <Alert variant="light" role="status" mb="md">
      <Anchor href={url} fw={600}>
        {label}
      </Anchor>
    </Alert>
  );
}
