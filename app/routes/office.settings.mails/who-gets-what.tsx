import { Checkbox, Text, VisuallyHidden } from '@mantine/core';
import { AUDIENCE_WORDS, MAIL_AUDIENCES, type MailAudience } from '#app/domain/messages/mail-events.ts';
import { CHOICES } from '#app/domain/messages/message-rules.schema.ts';
import styles from './who-gets-what.module.css';

const GROUPS = [...new Set(CHOICES.map((choice) => choice.group))];

/** Each event by whom it is told; what must be told is ticked and can't be taken away. */
export function WhoGetsWhat({ isSent }: { isSent: (key: string) => boolean }) {
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption>
          <VisuallyHidden>Which mails go to whom</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">What happens</th>
            {MAIL_AUDIENCES.map((audience) => (
              <th key={audience} scope="col" className={styles.who}>
                {AUDIENCE_WORDS[audience]}
              </th>
            ))}
          </tr>
        </thead>
        {GROUPS.map((group) => (
          <tbody key={group}>
            <tr>
              <th scope="colgroup" colSpan={MAIL_AUDIENCES.length + 1} className={styles.group}>
                {group}
              </th>
            </tr>
            {CHOICES.filter((choice) => choice.group === group).map((choice) => (
              <tr key={choice.template}>
                <th scope="row" className={styles.what}>
                  {choice.name}
                  <Text span size="xs" c="dimmed" display="block" fw={400}>
                    {choice.when}
                  </Text>
                </th>
                {MAIL_AUDIENCES.map((audience) => (
                  <td
                    key={audience}
                    className={styles.who}
                    data-who={AUDIENCE_WORDS[audience]}
                    data-none={!goesTo(choice, audience)}
                  >
                    {goesTo(choice, audience) ? <Tick {...{ choice, audience, isSent }} /> : null}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

type Choice = (typeof CHOICES)[number];

const goesTo = (choice: Choice, audience: MailAudience) => choice.to.includes(audience);

interface TickProps {
  choice: Choice;
  audience: MailAudience;
  isSent: (key: string) => boolean;
}

function Tick({ choice, audience, isSent }: TickProps) {
  const key = `${choice.template}:${audience}`;
  const name = `${choice.name}, ${AUDIENCE_WORDS[audience]}`;
  if (choice.always.includes(audience))
    return (
      <Checkbox
        aria-label={`${name}: always`}
        title="Always: without it nobody could go on"
        checked
        disabled
        readOnly
        size="sm"
      />
    );
  return <Checkbox name="sent" value={key} aria-label={name} defaultChecked={isSent(key)} size="sm" />;
}
