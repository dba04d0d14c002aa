import { Anchor, Box, Text, TextInput } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { fill } from './fields.ts';

interface MilesInputProps {
  value: string;
  error: string | undefined;
  suggested: { miles: string; text: string } | undefined;
}

/** Miles are the tutor's to say; what the map knows is offered beside, never filled in unasked. */
export function MilesInput({ value, error, suggested }: MilesInputProps) {
  const mounted = useMounted();
  return (
    <Box>
      <TextInput
        name="miles"
        inputMode="decimal"
        label="Miles driven"
        description="There and back; leave empty for none"
        defaultValue={value}
        error={error}
        size="md"
      />
      {suggested ? (
        <Text size="sm" c="dimmed" mt={6}>
          {suggested.text}{' '}
          {mounted ? (
            <Anchor
              component="button"
              type="button"
              inherit
              onClick={({ currentTarget }) => currentTarget.form && fill(currentTarget.form, { miles: [suggested.miles] })}
            >
              Use {suggested.miles}
            </Anchor>
          ) : null}
        </Text>
      ) : null}
    </Box>
  );
}
