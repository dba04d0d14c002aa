import { Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import styles from '../planning-pages/time-picker.module.css';
import type { TutorOfferView } from './tutor-offer-view.ts';

/** Offers as cards, each a link to its page. */
export function OfferCards({ offers }: { offers: readonly TutorOfferView[] }) {
  return (
    <ul className={styles.cards}>
      {offers.map((offer) => (
        <li key={offer.id}>
          <Link to={`/tutor/offers/${offer.id}`} className={styles.card}>
            <Group component="span" justify="space-between" gap="xs" mb={4}>
              <Text component="span" fw={600}>
                {offer.title}
              </Text>
              <StatusBadge label={offer.state.label} tone={offer.state.tone} />
            </Group>
            <Text component="span" size="sm" display="block">
              With {offer.student}, {offer.length} minutes
            </Text>
            <Text component="span" size="sm" c="dimmed" display="block">
              {offer.times.length === 0 ? 'Times are agreed afterwards' : offer.times.map(({ text }) => text).join(' · ')}
            </Text>
            <Text component="span" size="xs" c="dimmed" display="block" mt={4}>
              {offer.open ? `${offer.left} left to answer` : `Offered ${offer.sentAt}`}
            </Text>
          </Link>
        </li>
      ))}
    </ul>
  );
}
