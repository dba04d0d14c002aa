import { Anchor, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { useState } from 'react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { BookAnswer } from './act-on-book.server.ts';
import styles from './book.module.css';
import { bookPath } from './book-state.ts';
import { BookingSummary } from './booking-summary.tsx';
import type { BookPage } from './load-book.server.ts';
import { priceOf } from './words.ts';

type Page = Extract<BookPage, { step: 'you' }>;

export function YouStep({ page, answer, signIn }: { page: Page; answer: BookAnswer | undefined; signIn: string }) {
  const form = useFocusFirstError(answer?.errors && Object.keys(answer.errors).length > 0 ? answer : undefined);
  const { children, terms, company, state, base } = page;
  const [childId, setChildId] = useState(answer?.values.studentId ?? (children.length === 1 ? children[0]?.id : undefined));
  const family = children.length > 0;
  const chosen = children.find((child) => child.id === childId);
  const shown = family ? (chosen ?? (sameForAll(children) ? children[0] : undefined)) : terms;
  const firm = shown?.firm ?? terms.firm;
  const value = (name: string) => answer?.values[name] ?? '';
  const { start: _, by: __, ...time } = state;
  return (
    <div className={styles.columns} data-aside>
      <Form discover="none" method="post" ref={form} noValidate>
        <input type="hidden" name="intent" value="confirm" />
        <input type="hidden" name="hold" value={state.hold ?? ''} />
        <input type="hidden" name="price" value={terms.seen} />
        {children.map((child) => (
          <input key={child.id} type="hidden" name={`price:${child.id}`} value={child.seen} />
        ))}
        <div className={styles.trap} aria-hidden="true">
          <label>
            Website
            <input type="text" name="website" tabIndex={-1} autoComplete="off" defaultValue="" />
          </label>
        </div>
        <Stack gap="lg">
          {family ? (
            <Radio.Group
              label="The lesson is for"
              name="studentId"
              value={childId ?? ''}
              onChange={setChildId}
              error={answer?.errors.studentId}
              withAsterisk={false}
            >
              <Stack gap="xs" mt="xs" mb="xs">
                {children.map((child) => (
                  <Radio
                    key={child.id}
                    value={child.id}
                    label={child.name}
                    description={sameForAll(children) ? undefined : priceOf(child.price, company)}
                  />
                ))}
              </Stack>
            </Radio.Group>
          ) : (
            <>
              <Text size="sm" c="dimmed">
                Already with us?{' '}
                <Anchor href={signIn} target="_top" underline="always">
                  Sign in
                </Anchor>
                , and there is nothing to type. No account is needed to book.
              </Text>
              <div className={styles.fields}>
                <TextInput
                  label="Your name"
                  name="name"
                  autoComplete="name"
                  required
                  withAsterisk={false}
                  defaultValue={value('name')}
                  error={answer?.errors.name}
                />
                <TextInput
                  label="E-mail address"
                  name="email"
                  type="email"
                  autoComplete="email"
                  autoCapitalize="none"
                  required
                  withAsterisk={false}
                  defaultValue={value('email')}
                  error={answer?.errors.email}
                />
                <TextInput
                  label="Student’s name (empty if it is you)"
                  name="student"
                  autoComplete="off"
                  defaultValue={value('student')}
                  error={answer?.errors.student}
                />
                <TextInput
                  label="Grade or level (optional)"
                  name="grade"
                  defaultValue={value('grade')}
                  error={answer?.errors.grade}
                />
                <TextInput
                  label="Phone (optional)"
                  name="phone"
                  type="tel"
                  autoComplete="tel"
                  defaultValue={value('phone')}
                  error={answer?.errors.phone}
                />
              </div>
            </>
          )}
          <Textarea
            label="What should the tutor know? (optional)"
            name="note"
            rows={3}
            maxLength={1000}
            defaultValue={value('note')}
            error={answer?.errors.note}
          />
          <div>
            <SubmitButton size="md" fullWidth>
              {firm
                ? page.course
                  ? 'Book this course'
                  : 'Book this lesson'
                : page.course
                  ? 'Ask for a place'
                  : 'Ask for this lesson'}
              {shown?.price.kind === 'money' ? ` for ${priceOf(shown.price, company)}` : ''}
            </SubmitButton>
            <Text size="sm" c="dimmed" mt="xs">
              {firm
                ? 'It is booked at once, and the confirmation comes by mail.'
                : `${company.name} looks at it and confirms by mail. Nothing is booked or charged before.`}
            </Text>
          </div>
          {page.course ? null : (
            <Anchor component={Link} discover="none" to={bookPath(base, time)} size="sm">
              Choose another time
            </Anchor>
          )}
        </Stack>
      </Form>
      <div className={styles.aside}>
        <BookingSummary page={page} price={shown?.price ?? null} />
      </div>
    </div>
  );
}

const sameForAll = (children: Page['children']) => new Set(children.map((child) => child.seen)).size === 1;
