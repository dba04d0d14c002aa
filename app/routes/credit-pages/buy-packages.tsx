import { Paper, Radio, Stack, Text, Title } from '@mantine/core';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { formatMoney } from '#app/ui/format.ts';
import { GoElsewhere } from '#app/ui/go-elsewhere.tsx';
import { useViewer } from '#app/ui/viewer.ts';
import type { Refusal } from '../money-pages/refusal.server.ts';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import styles from './credit-pages.module.css';
import type { OfferedPackage } from './offered-packages.server.ts';

interface Props {
  clientId: string;
  packages: readonly OfferedPackage[];
  /** A gateway takes cards. */
  byCard: boolean;
  students: readonly { id: string; name: string }[];
  formId: string;
  /** Why not, or where to go on to pay. */
  answer: (Refusal & { goTo?: string }) | undefined;
}

/** The packages a family can buy, each with what it comes to said before it is bought. */
export function BuyPackages({ clientId, packages, byCard, students, formId, answer }: Props) {
  const { locale, currency } = useViewer();
  if (packages.length === 0) return null;
  return (
    <section aria-labelledby={`buy-${clientId}`} className="no-print">
      <Title order={2} id={`buy-${clientId}`} mb="xs">
        Buy a package
      </Title>
      {answer?.form === clientId && answer.goTo ? <GoElsewhere url={answer.goTo} label="Go on to the payment page" /> : null}
      {answer?.form === clientId && (answer.message || Object.keys(answer.errors).length > 0) ? (
        <Text c="red" size="sm" role="alert" mb="xs">
          {answer.message ?? Object.values(answer.errors)[0]}
        </Text>
      ) : null}
      <div className={styles.packages}>
        {packages.map((one) => (
          <Paper key={one.id} withBorder p="md" component="article" aria-label={one.name}>
            <Stack gap="xs" h="100%">
              <Text fw={600}>{one.name}</Text>
              <Text size="sm" suppressHydrationWarning>
                {one.quantity} for {formatMoney(one.total, currency, locale)}
                {one.total > one.price ? ' with tax' : ''}
              </Text>
              {one.description ? (
                <Text size="sm" c="dimmed">
                  {one.description}
                </Text>
              ) : null}
              <Text size="sm" c="dimmed">
                {one.terms}
              </Text>
              <div className={styles.foot}>
                <ConfirmButton
                  key={formId}
                  label="Buy"
                  align="start"
                  consequence={
                    <span suppressHydrationWarning>
                      {byCard ? 'On your next invoice: adds' : 'Adds'} {one.quantity} at once, and{' '}
                      {formatMoney(one.total, currency, locale)} comes on your next invoice.
                      {byCard ? ' By card: the credits are there once the payment came in.' : ''}
                    </span>
                  }
                  confirm={`Buy ${one.name}`}
                  fields={{ id: one.saleId, clientId, packageId: one.id }}
                >
                  {byCard && one.total > 0n ? (
                    <Radio.Group name="way" label="How to pay" defaultValue="card">
                      <Stack gap={6} mt={4}>
                        <Radio value="card" label="Now, by card" />
                        <Radio value="invoice" label="With my next invoice" />
                      </Stack>
                    </Radio.Group>
                  ) : null}
                  {one.perStudent ? (
                    <ChoiceSelect
                      name="studentId"
                      label="For"
                      required
                      choices={students}
                      {...(students.length === 1 ? {} : { none: 'Choose a child' })}
                    />
                  ) : null}
                </ConfirmButton>
              </div>
            </Stack>
          </Paper>
        ))}
      </div>
    </section>
  );
}
