import { Anchor, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';

export interface MemberView {
  studentId: string;
  name: string;
  clientName: string;
  from: string | null;
  to: string | null;
  over: boolean;
}

interface Props {
  members: readonly MemberView[];
  /** Who may join. */
  students: readonly { id: string; name: string }[];
  /** The sessions to come: the day the rule gave, and when. */
  sessions: readonly { id: string; date: string; text: string }[];
  /** A course is joined and left on its page. */
  course: { id: string; name: string } | null;
  may: boolean;
}

/** Who is in the series from when to when; who joins or leaves does so for what is still to come. */
export function StudentsPanel({ members, students, sessions, course, may }: Props) {
  const changing = may && sessions.length > 0 && course === null;
  return (
    <Panel title="Students">
      {members.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nobody is in it yet.
        </Text>
      ) : (
        <Stack gap="sm">
          {members.map((member) => (
            <div key={member.studentId + (member.from ?? '')}>
              <Anchor
                component={Link}
                to={`/office/students/${member.studentId}`}
                size="sm"
                {...(member.over ? { c: 'dimmed' } : {})}
              >
                {member.name}
              </Anchor>
              <Text size="xs" c="dimmed">
                {[member.clientName, member.from && `from ${member.from}`, member.to && `until ${member.to}`]
                  .filter(Boolean)
                  .join(', ')}
              </Text>
              {changing && member.to === null ? (
                <LeaveForm member={member} sessions={sessions} last={members.length === 1} />
              ) : null}
            </div>
          ))}
        </Stack>
      )}
      {course ? (
        <Text size="sm">
          Students join and leave on the page of the{' '}
          <Anchor component={Link} to={`/office/courses/${course.id}`} inherit underline="always">
            course
          </Anchor>
          .
        </Text>
      ) : null}
      {changing && students.length > 0 ? <JoinForm students={students} sessions={sessions} /> : null}
    </Panel>
  );
}

const summary = { cursor: 'pointer', fontSize: 'var(--mantine-font-size-sm)', paddingBlock: 4 } as const;

function LeaveForm({ member, sessions, last }: { member: MemberView; sessions: Props['sessions']; last: boolean }) {
  return (
    <details>
      <summary style={summary}>Leaves the series</summary>
      <Form method="post">
        <input type="hidden" name="studentId" value={member.studentId} />
        <Stack gap="xs" mt={4}>
          <NativeSelect
            size="xs"
            name="from"
            label="From"
            data={sessions.map(({ date, text }) => ({ value: date, label: text }))}
          />
          <NativeSelect
            size="xs"
            name="by"
            label="Who wishes it?"
            description="A family that is too late is charged by the policy agreed at booking"
            data={[
              { value: 'client', label: 'The family' },
              { value: 'tutor', label: 'The tutor' },
              { value: 'office', label: 'The office' },
            ]}
          />
          <TextInput size="xs" name="reason" label="Reason" />
          <Group>
            <Button type="submit" name="intent" value="leave" size="xs" color="red.9">
              {last ? `${member.name} leaves, and the series ends` : `${member.name} leaves`}
            </Button>
          </Group>
        </Stack>
      </Form>
    </details>
  );
}

function JoinForm({ students, sessions }: Pick<Props, 'students' | 'sessions'>) {
  return (
    <details>
      <summary style={summary}>Add a student</summary>
      <Form method="post">
        <Stack gap="xs" mt={4}>
          <NativeSelect
            size="xs"
            name="studentId"
            label="Student"
            data={[{ value: '', label: 'Choose a student' }, ...students.map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <NativeSelect
            size="xs"
            name="sessionId"
            label="From"
            data={sessions.map(({ id, text }) => ({ value: id, label: text }))}
          />
          <Group>
            <Button type="submit" name="intent" value="join" size="xs">
              Add to all from then on
            </Button>
          </Group>
        </Stack>
      </Form>
    </details>
  );
}
