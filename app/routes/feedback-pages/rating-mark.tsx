import { Text } from '@mantine/core';
import { LOW_RATING, RATING_WORDS } from '#app/domain/feedback/feedback.ts';
import styles from './feedback.module.css';

/** "2 of 5, not so good": a rating in a few words. */
export function RatingMark({ rating }: { rating: number }) {
  return (
    <span className={styles.mark} data-low={rating <= LOW_RATING}>
      <Text span fw={600} className="tabular">
        {rating} of 5
      </Text>
      <Text span size="sm" inherit>
        {RATING_WORDS[rating]}
      </Text>
    </span>
  );
}
