import { Alert } from '@mantine/core';

/** Why a button did not do it; read out when it appears. */
export function ToldAlert({ told }: { told: { message: string } | undefined }) {
  if (!told) return null;
  return <Alert color="red" variant="light" role="alert" mb="md" title={told.message} />;
}
