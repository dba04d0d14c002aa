import { Anchor, Checkbox, Text, TextInput } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Money } from '#app/ui/money.tsx';
import type { FormValues } from '#app/ui/record-answer.ts';
import type { OfferPage } from './load-offer-form.server.ts';
import styles from './offer.module.css';

type Form = NonNullable<OfferPage['form']>;

/** Tutors to tick: those asked for first, then others who fit, each with what speaks for and against asking them. */
export function TutorRows({ form, values, error }: { form: Form; values: FormValues; error: string | undefined }) {
  return (
    <div>
      <ul className={styles.tutors} id="tutorIds" tabIndex={-1}>
        {form.tutors.map((tutor) => (
          <li key={tutor.id} className={styles.tutor}>
            <Checkbox
              name="tutorIds"
              value={tutor.id}
              defaultChecked={values.tutorIds?.includes(tutor.id) ?? false}
              label={tutor.name}
              aria-invalid={error ? true : undefined}
              styles={{ label: { fontWeight: 600 } }}
            />
            <div className={styles.about}>
              <Facts tutor={tutor} />
              {tutor.broken.map((message) => (
                <Text key={message} size="sm" c="var(--mantine-color-error)">
                  {message}
                </Text>
              ))}
              <Reach tutor={tutor} />
            </div>
            {form.tutors.length > 1 ? (
              <TextInput
                name={`turn.${tutor.id}`}
                type="number"
                min={1}
                max={30}
                size="xs"
                w={64}
                aria-label={`Turn of ${tutor.name}`}
                defaultValue={values[`turn.${tutor.id}`]?.[0] ?? ''}
                placeholder="Turn"
              />
            ) : null}
          </li>
        ))}
      </ul>
      {error ? (
        <Text size="sm" c="var(--mantine-color-error)" mt={4}>
          {error}
        </Text>
      ) : null}
      {form.fitting > 1 && !form.all ? (
        <Anchor component={Link} to="?tutors=all" size="sm" mt="xs" display="inline-block">
          Choose all {form.fitting} who fit
        </Anchor>
      ) : null}
    </div>
  );
}

function Facts({ tutor }: { tutor: Form['tutors'][number] }) {
  return (
    <Text size="sm" c="dimmed">
      {tutor.score === null ? null : `${tutor.score} points`}
      {tutor.slots === '' ? null : ` · ${tutor.slots}`}
      {tutor.charge === null ? (
        ' · No price in the rates yet'
      ) : (
        <>
          {' · price '}
          <Money value={tutor.charge} /> an hour
        </>
      )}
      {tutor.pay === undefined ? null : tutor.pay === null ? (
        ' · no pay in the rates yet'
      ) : (
        <>
          {' · pay '}
          <Money value={tutor.pay} /> an hour
        </>
      )}
    </Text>
  );
}

function Reach({ tutor }: { tutor: Form['tutors'][number] }) {
  if (tutor.hasAddress && tutor.hasAccount) return null;
  return (
    <Text size="sm">
      {tutor.hasAddress
        ? 'Has never signed in: the mail says how to.'
        : 'Has no e-mail address: ring them, no mail will tell them of it.'}
    </Text>
  );
}
