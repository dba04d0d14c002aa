import { Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface Props {
  /** The address they sign in with, if they do. */
  userEmail: string | null;
  /** They have accepted the invitation. */
  accepted: boolean;
  email: string | null;
  mayInvite: boolean;
  archived: boolean;
  /** What they get to see. */
  sees: string;
}

/** How a list says whether somebody signs in. */
export const signsInWords = { yes: 'Yes', invited: 'Invited', no: 'No' };

/** Whether somebody signs in, and the button that invites them. */
export function SignInPanel({ userEmail, accepted, email, mayInvite, archived, sees }: Props) {
  return (
    <Panel title="Signing in">
      {userEmail ? (
        <Text size="sm">{accepted ? `Signs in as ${userEmail}.` : `Invited as ${userEmail}, and has not accepted yet.`}</Text>
      ) : (
        <>
          <Text size="sm">
            Does not sign in yet. With an invitation{email && mayInvite && !archived ? ` to ${email}` : ''} they see {sees}.
          </Text>
          {!mayInvite ? (
            <Text size="sm" c="dimmed">
              An administrator can invite them.
            </Text>
          ) : archived ? null : email ? (
            <Form method="post">
              <SubmitButton name="intent" value="invite" variant="default">
                Send the invitation
              </SubmitButton>
            </Form>
          ) : (
            <Text size="sm" c="dimmed">
              Add an e-mail address to invite them.
            </Text>
          )}
        </>
      )}
    </Panel>
  );
}
