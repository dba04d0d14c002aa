import { Anchor, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { Link, useSearchParams } from '@remix-run/react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { LocalDate } from '#app/ui/date-time.tsx';
import { Money } from '#app/ui/money.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import type { OfferView } from './offer-view.ts';
import styles from './offers.module.css';
import { WeeklyTimes } from './weekly-times.tsx';

interface Props {
  offers: readonly OfferView[];
  requestId: string;
  /** The request is not closed. */
  open: boolean;
}

/** Who was asked to take a request, and what they said. */
export function OffersPanel({ offers, requestId, open }: Props) {
  const [params] = useSearchParams();
  const to = `/office/requests/${requestId}/offer`;
  const [latest, ...earlier] = offers;
  if (!latest && !open) return null;
  const mayOffer = open && !latest?.open;
  return (
    <Panel
      title="Offers"
      aside={
        mayOffer && latest ? (
          <Group gap="sm">
            <Anchor component={Link} to={`${to}?again=${latest.id}`} size="sm">
              Offer it again
            </Anchor>
            <Anchor component={Link} to={to} size="sm">
              Offer anew
            </Anchor>
          </Group>
        ) : null
      }
    >
      {params.has('offered') && latest?.open ? (
        <Text size="sm" role="status">
          The offer is out. Whoever was asked is told by mail.
        </Text>
      ) : null}
      {latest ? (
        <Offer offer={latest} action={to} />
      ) : (
        <>
          <Text size="sm" c="dimmed">
            Nobody has been asked yet.
          </Text>
          <div>
            <Button component={Link} to={to} variant="default" size="xs">
              Offer it to tutors
            </Button>
          </div>
        </>
      )}
      {earlier.length > 0 ? (
        <details>
          <summary className={styles.earlier}>
            {earlier.length === 1 ? 'An earlier offer' : `${earlier.length} earlier offers`}
          </summary>
          <Stack gap="md" mt="sm">
            {earlier.map((offer) => (
              <Offer key={offer.id} offer={offer} action={to} />
            ))}
          </Stack>
        </details>
      ) : null}
    </Panel>
  );
}

function Offer({ offer, action }: { offer: OfferView; action: string }) {
  return (
    <div>
      <Group gap="xs" mb={4}>
        <StatusBadge label={offer.state.label} tone={offer.state.tone} />
        <Text size="sm">
          {offer.kind} <span className="tabular">({offer.ref})</span>
        </Text>
      </Group>
      <Text size="sm" c="dimmed" component="div">
        <WeeklyTimes times={offer.times} />
        {offer.length} minutes, from <LocalDate value={offer.startsOn} />. <Rates offer={offer} />
        Made {offer.made}.
      </Text>
      <ul className={styles.asked}>
        {offer.tutors.map((tutor) => (
          <li key={tutor.id}>
            <Group gap="xs">
              <Anchor component={Link} to={`/office/tutors/${tutor.id}`} size="sm" fw={500}>
                {tutor.name}
              </Anchor>
              <StatusBadge label={tutor.state.label} tone={tutor.state.tone} />
              {tutor.score === null ? null : (
                <Text span size="xs" c="dimmed" className="tabular">
                  {tutor.score} points
                </Text>
              )}
            </Group>
            {tutor.said ? (
              <Text size="sm" c="dimmed">
                {tutor.said}
              </Text>
            ) : null}
            {tutor.unreached ? (
              <Text size="sm" c="var(--mantine-color-error)">
                Has no e-mail address: ring them, no mail has told them.
              </Text>
            ) : null}
            {tutor.newcomer ? <Text size="sm">Has never signed in: the mail says how to.</Text> : null}
          </li>
        ))}
      </ul>
      {offer.engagementId ? (
        <Anchor component={Link} to={`/office/engagements/${offer.engagementId}`} size="sm">
          The engagement
        </Anchor>
      ) : null}
      {offer.open ? (
        <ConfirmButton
          label="Withdraw"
          consequence={
            offer.waits === 1
              ? 'One tutor who has not answered is told. The request can be offered again.'
              : `${offer.waits} tutors who have not answered are told. The request can be offered again.`
          }
          confirm="Withdraw the offer"
          action={action}
          fields={{ intent: 'withdraw', offer: offer.id }}
          align="start"
          size="xs"
        >
          <Textarea name="reason" label="Why" description="For the office alone" rows={2} maxLength={500} />
        </ConfirmButton>
      ) : null}
    </div>
  );
}

function Rates({ offer }: { offer: OfferView }) {
  const pay = offer.payRate ?? null;
  if (offer.chargeRate === null && pay === null) return null;
  return (
    <>
      {offer.chargeRate === null ? null : (
        <>
          Price <Money value={offer.chargeRate} /> an hour.{' '}
        </>
      )}
      {pay === null ? null : (
        <>
          Pay <Money value={pay} /> an hour.{' '}
        </>
      )}
    </>
  );
}
