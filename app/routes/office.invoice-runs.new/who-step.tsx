import { Anchor, Button, Checkbox, Group, Paper, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { EVERYBODY } from '#app/domain/billing/run-scope.ts';
import type { loadWizard } from './load.server.ts';
import { type WizardAddress, wizardAddress } from './wizard-address.ts';

type Choices = NonNullable<Awaited<ReturnType<typeof loadWizard>>['choices']>;

/** Of whom the run is: nothing ticked is everybody. A form by GET, so that the choice stands in the address. */
export function WhoStep({ address, choices }: { address: Omit<WizardAddress, 'step'>; choices: Choices }) {
  const { scope } = address;
  return (
    <Form method="get" action="/office/invoice-runs/new">
      <input type="hidden" name="from" value={address.from} />
      <input type="hidden" name="until" value={address.until} />
      <Stack gap="md" maw={860}>
        <Text size="sm">
          Usually of everybody: go on.{' '}
          <Anchor
            component={Link}
            to={wizardAddress({ ...address, scope: EVERYBODY, step: 'check' })}
            size="sm"
            underline="always"
          >
            Everybody, to the exceptions
          </Anchor>
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Boxes legend="Only of these programs" name="program" rows={choices.programs} ticked={scope.programIds} />
          <Boxes legend="Only billed in these ways" name="mode" rows={choices.modes} ticked={scope.billingInstallIds} />
        </SimpleGrid>
        <Paper component="fieldset" withBorder p="md" m={0} miw={0}>
          <legend style={{ padding: '0 6px', fontWeight: 600 }}>Only these families</legend>
          <Stack gap="xs">
            <Group gap="xs" align="flex-end">
              <TextInput name="find" label="Find a family" defaultValue={choices.find} flex="1 1 200px" maw={360} />
              <Button type="submit" name="step" value="who" variant="default">
                Find
              </Button>
            </Group>
            {[...choices.chosen, ...choices.found].map((one) => (
              <Checkbox
                key={one.id}
                name="client"
                value={one.id}
                label={one.name}
                defaultChecked={scope.clientIds?.includes(one.id) ?? false}
              />
            ))}
            {choices.hidden > 0 ? (
              <Text size="sm" c="dimmed">
                {choices.hidden} more: write more of the name.
              </Text>
            ) : null}
            {choices.find !== '' && choices.found.length === 0 ? (
              <Text size="sm" c="dimmed">
                No other family has this in its name.
              </Text>
            ) : null}
          </Stack>
        </Paper>
        <Group justify="space-between">
          <Button component={Link} to={wizardAddress({ ...address, step: 'period' })} variant="default">
            Back
          </Button>
          <Button type="submit" name="step" value="check">
            Next: Exceptions
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}

function Boxes({
  legend,
  name,
  rows,
  ticked,
}: {
  legend: string;
  name: string;
  rows: readonly { id: string; name: string }[];
  ticked: readonly string[] | null;
}) {
  return (
    <Paper component="fieldset" withBorder p="md" m={0} miw={0}>
      <legend style={{ padding: '0 6px', fontWeight: 600 }}>{legend}</legend>
      <Stack gap="xs">
        {rows.map((one) => (
          <Checkbox key={one.id} name={name} value={one.id} label={one.name} defaultChecked={ticked?.includes(one.id) ?? false} />
        ))}
      </Stack>
    </Paper>
  );
}
