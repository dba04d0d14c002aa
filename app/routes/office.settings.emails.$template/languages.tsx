import { Button, Group, NativeSelect, Stack, Table, Text, Title } from '@mantine/core';
import { Form, Link } from '@remix-run/react';

export interface LanguageChoice {
  tag: string;
  name: string;
  /** The company's own words hold in it. */
  own: boolean;
}

interface BarProps {
  choices: LanguageChoice[];
  offered: { value: string; label: string }[];
  current: string;
}

/** The languages a mail is written in; another one is begun here. */
export function LanguageBar({ choices, offered, current }: BarProps) {
  return (
    <Group gap="xs" mb="lg" align="flex-end" component="nav" aria-label="Languages">
      {choices.map(({ tag, name, own }) => (
        <Button
          key={tag}
          component={Link}
          to={`?locale=${tag}`}
          size="xs"
          variant={tag === current ? 'light' : 'default'}
          aria-current={tag === current ? 'page' : undefined}
        >
          {name}
          {own ? ' · yours' : ''}
        </Button>
      ))}
      <Form method="get">
        <Group gap={4} align="flex-end" wrap="nowrap">
          <NativeSelect size="xs" name="locale" aria-label="Another language" data={offered} w={170} />
          <Button type="submit" size="xs" variant="subtle">
            Add language
          </Button>
        </Group>
      </Form>
    </Group>
  );
}

export interface ReadersLine {
  locale: string;
  name: string;
  people: number;
  gets: string;
}

/** Which languages people read, and what each of them gets. */
export function WhoReadsWhat({ readers }: { readers: ReadersLine[] }) {
  return (
    <Stack gap="xs" component="section" aria-labelledby="readers" mt="xl">
      <Title order={2} id="readers">
        Who gets which language
      </Title>
      <Text size="sm" c="dimmed">
        Each reader gets their own language: your words in it, else those that ship in it, else English.
      </Text>
      <Table fz="sm" maw={640} withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Language</Table.Th>
            <Table.Th scope="col" ta="right">
              Readers
            </Table.Th>
            <Table.Th scope="col">They get</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {readers.map(({ locale, name, people, gets }) => (
            <Table.Tr key={locale}>
              <Table.Td>{name}</Table.Td>
              <Table.Td ta="right" className="tabular">
                {people}
              </Table.Td>
              <Table.Td>{gets}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
