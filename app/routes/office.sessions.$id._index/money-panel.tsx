import { Anchor, Table, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Section } from '#app/ui/session-sections.tsx';
import type { MoneyLine, MoneyView } from './view-office-session.ts';

/** Every amount with its reason, for those who may see it. */
export function MoneyPanel({ money }: { money: MoneyView }) {
  return (
    <Section id="money" title="Money">
      <Table.ScrollContainer minWidth={320}>
        <Table verticalSpacing={8} className="tabular">
          <Table.Tbody>
            {money.charges ? <Lines title="The family pays" lines={money.charges} /> : null}
            {money.pay && money.pay.length > 0 ? <Lines title="The tutor gets" lines={money.pay} /> : null}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly MoneyLine[] }) {
  return (
    <>
      <Table.Tr>
        <Table.Th colSpan={2} scope="colgroup">
          {title}
        </Table.Th>
      </Table.Tr>
      {lines.map((line) => (
        <Table.Tr key={line.key}>
          <Table.Td>
            {line.label}
            <Text size="xs" c="dimmed">
              {line.why}
            </Text>
          </Table.Td>
          <Table.Td ta="end" valign="top">
            {line.amount}
            {line.link ? (
              <div>
                <Anchor component={Link} to={line.link.to} size="xs">
                  {line.link.label}
                </Anchor>
              </div>
            ) : null}
          </Table.Td>
        </Table.Tr>
      ))}
    </>
  );
}
