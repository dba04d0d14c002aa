import { Section } from '#app/ui/session-sections.tsx';
import { FeedbackList } from '../feedback-pages/feedback-list.tsx';
import type { FeedbackItem } from '../feedback-pages/feedback-view.ts';

/** What both sides said of this session; nothing while nobody did. */
export function FeedbackPanel({ items }: { items: readonly FeedbackItem[] }) {
  if (items.length === 0) return null;
  return (
    <Section id="feedback" title="Feedback">
      <FeedbackList items={items} lesson={false} />
    </Section>
  );
}
