import { Text, TextInput } from '@mantine/core';
import type { RecordField } from '#app/ui/record-answer.ts';
import styles from '../office.sessions.new/booking.module.css';

/** Somebody who is on no list yet. Folded away, since mostly it is a student who is. */
export function InviteFields({ field, open }: { field: (name: string) => RecordField; open: boolean }) {
  return (
    <details className={styles.more} open={open || undefined}>
      <summary>Invite somebody new by e-mail</summary>
      <Text size="sm" c="dimmed" my="xs">
        They get a mail with the link into the room. Following it makes their account; who pays can be set later.
      </Text>
      <div className={styles.fields}>
        <TextInput {...field('invite.name')} label="Name" autoComplete="off" />
        <TextInput {...field('invite.email')} label="E-mail" type="email" autoComplete="off" />
      </div>
    </details>
  );
}
