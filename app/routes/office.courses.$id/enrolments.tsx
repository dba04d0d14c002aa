import { Anchor, Group, Radio, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { CancellationReasonFields } from '#app/ui/cancellation-reason-fields.tsx';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import styles from '../group-pages/group-pages.module.css';

export interface EnrolmentView {
  id: string;
  student: { id: string; name: string };
  client: { id: string; name: string };
  since: string;
  left: string;
  price: string;
  package: string;
  creditsLeft: string;
  invoiced: boolean;
}

interface Props {
  enrolments: readonly EnrolmentView[];
  reasons: readonly { id: string; label: string }[];
}

/** Who is in a course and who was, with what was sold to them, and the way out of it. */
export function Enrolments({ enrolments, reasons }: Props) {
  if (enrolments.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nobody yet. Who enrols has a place in every session still to come.
      </Text>
    );
  return (
    <ul className={styles.plain}>
      {enrolments.map((one) => (
        <li key={one.id} className={styles.row}>
          <div>
            <Group gap={6}>
              <Anchor component={Link} to={`/office/students/${one.student.id}`} size="sm">
                {one.student.name}
              </Anchor>
              <Text size="sm" c="dimmed" component="span">
                paid by{' '}
                <Anchor component={Link} to={`/office/clients/${one.client.id}`} size="sm" underline="always">
                  {one.client.name}
                </Anchor>
              </Text>
            </Group>
            <Text size="xs" c="dimmed">
              {[
                one.left ? `left ${one.left}` : `since ${one.since}`,
                one.price ? `${one.price}, package ${one.package}` : '',
                one.price ? (one.invoiced ? 'invoiced' : 'on the next invoice') : '',
                one.creditsLeft,
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </div>
          {one.left ? null : (
            <ConfirmButton
              label="Leaves"
              dangerous
              consequence={leaving(one)}
              confirm="Take out of the course"
              fields={{ intent: 'leave', enrolmentId: one.id }}
            >
              <Stack gap="sm">
                <Radio.Group name="by" label="Who says so?" defaultValue="client">
                  <Stack gap={6} mt={6}>
                    <Radio value="client" label="The family: late ones by the policy" />
                    <Radio value="office" label="The office: free of charge" />
                  </Stack>
                </Radio.Group>
                <CancellationReasonFields choices={reasons} />
              </Stack>
            </ConfirmButton>
          )}
        </li>
      ))}
    </ul>
  );
}

function leaving({ student, price, package: lot, invoiced }: EnrolmentView): string {
  const places = `${student.name} gives up every place still to come, and the family is told by mail.`;
  if (!price) return places;
  const back = invoiced
    ? 'To pay back, write a credit note on its line of the invoice.'
    : 'It is on the next invoice; to pay back, write a credit note on its line then.';
  return `${places} What was sold stays sold (${price}, package ${lot}): credits that come back stay in it, for ${student.name} in this program. ${back}`;
}
