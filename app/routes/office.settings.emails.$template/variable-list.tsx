import { Anchor, Code, Table, Text } from '@mantine/core';
import type { MailVariable } from '#app/domain/mail-templates/mail-variables.ts';

interface Props {
  variables: MailVariable[];
  /** Puts a text where the cursor was last. */
  insert: (text: string) => void;
}

/** What the texts may name, each with what it is in the example; a click puts it in. */
export function VariableList({ variables, insert }: Props) {
  return (
    <details>
      <Text component="summary" size="sm" fw={600} style={{ cursor: 'pointer' }}>
        What can be put in ({variables.length})
      </Text>
      <Text size="sm" c="dimmed" my="xs">
        A name in two braces is replaced for each reader. A click puts it where the cursor is.{' '}
        <Code>{'{{#if name}} … {{else}} … {{/if}}'}</Code> shows a part only where the name has something in it,{' '}
        <Code>{'{{#each list}} … {{/each}}'}</Code> goes through a list; in it, <Code>{'{{@root.name}}'}</Code> is a name of the
        mail itself.
      </Text>
      <Table fz="sm" verticalSpacing={4} layout="fixed">
        <caption style={{ position: 'absolute', clip: 'rect(0 0 0 0)' }}>Names, with what they are in the example</caption>
        <Table.Tbody>
          {variables.map((variable) => (
            <Row key={variable.name} variable={variable} insert={insert} />
          ))}
        </Table.Tbody>
      </Table>
    </details>
  );
}

function Row({ variable, insert }: { variable: MailVariable; insert: (text: string) => void }) {
  const { name, kind, example, meaning, fields } = variable;
  const text = templateOf(variable);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
        <Anchor component="button" type="button" size="sm" ff="monospace" ta="left" onClick={() => insert(text)}>
          {kind === 'list' ? `{{#each ${name}}}` : `{{${name}}}`}
        </Anchor>
        {fields.length > 0 ? (
          <Text size="xs" c="dimmed" ff="monospace">
            {fields.map((field) => `{{${field.name}}}`).join(' ')}
          </Text>
        ) : null}
      </Table.Th>
      <Table.Td style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
        {meaning ? <div>{meaning}</div> : null}
        <Text size="sm" c={meaning ? 'dimmed' : undefined} dir="auto">
          {exampleText(kind, example)}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function exampleText(kind: MailVariable['kind'], example: string): string {
  if (kind === 'flag') return `Yes or no, for {{#if}}; here: ${example}`;
  if (kind === 'list') return `A list; in the example with ${example}`;
  return example === '' ? 'Empty in the example' : example;
}

function templateOf({ name, kind, fields }: MailVariable): string {
  if (kind === 'flag') return `{{#if ${name}}} … {{/if}}`;
  if (kind !== 'list') return `{{${name}}}`;
  return `{{#each ${name}}}${fields.map((field) => `{{${field.name}}}`).join(', ')}{{/each}}`;
}
