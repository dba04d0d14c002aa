import { Form } from '@remix-run/react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import styles from './conversation.module.css';
import type { ConversationData } from './conversation.server.ts';

type MessageView = ConversationData['messages'][number];

interface MessageProps {
  message: MessageView;
  /** The reader's own newest: it says whether it was read. */
  newestOwn: boolean;
  moderated: boolean;
}

/** One message; links leave the page without telling where they were clicked. */
export function Message({ message, newestOwn, moderated }: MessageProps) {
  const { mine, office, across, removed, parts } = message;
  return (
    <li
      className={styles.message}
      data-mine={mine || undefined}
      data-across={across || undefined}
      data-office={(office && !mine) || undefined}
      data-removed={removed || undefined}
    >
      <div className={styles.bubble} dir="auto">
        {parts === null
          ? 'Taken out by the office.'
          : parts.map((part, at) =>
              part.href ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name, and never change
                <a key={at} href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
                  {part.text}
                </a>
              ) : (
                part.text
              ),
            )}
      </div>
      <div className={styles.foot}>
        <span>
          {message.author}, <DateTime value={message.at} plain />
          {message.byMail ? ', by mail' : ''}
        </span>
        {newestOwn && !removed ? <span>{message.read ? 'Read' : 'Not read yet'}</span> : null}
        {removed && parts !== null ? <span>Taken out: only the office reads it</span> : null}
        {moderated ? <Moderation id={message.id} removed={removed} align={across || mine ? 'end' : 'start'} /> : null}
      </div>
    </li>
  );
}

function Moderation({ id, removed, align }: { id: string; removed: boolean; align: 'start' | 'end' }) {
  if (removed) {
    return (
      <Form method="post">
        <input type="hidden" name="intent" value="restore" />
        <input type="hidden" name="message" value={id} />
        <SubmitButton variant="subtle" size="compact-xs">
          Put back
        </SubmitButton>
      </Form>
    );
  }
  return (
    <ConfirmButton
      label="Take out"
      size="compact-xs"
      align={align}
      consequence="Tutor and family see that a message was taken out, and not what it said. A mail that went out already stays where it is."
      confirm="Take it out"
      fields={{ intent: 'remove', message: id }}
    />
  );
}
