import { Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import { FactList } from '#app/ui/session-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import type { RequestView } from './request-view.ts';

interface Props {
  request: RequestView;
  /** Where sessions are, for this reader. */
  sessions: string;
}

export function RequestFacts({ request, sessions }: Props) {
  return (
    <FactList
      facts={[
        { label: 'State', value: <StatusBadge label={request.state.label} tone={request.state.tone} /> },
        { label: 'Lesson', value: request.title },
        { label: 'Who', value: request.who },
        {
          label: 'Planned',
          value: request.session ? (
            <Anchor component={Link} to={`${sessions}/${request.session.id}`} inherit>
              {request.session.when}
            </Anchor>
          ) : (
            ''
          ),
        },
        { label: 'Asked for', value: request.wanted ?? (request.kind === 'cancel' ? 'To cancel it' : '') },
        { label: 'Where', value: request.mode },
        { label: 'Said to cost', value: request.fee ?? '' },
        { label: 'Note', value: request.note },
        { label: 'Asked', value: `${request.askedAt}, by ${request.askedBy}` },
        { label: 'Answers', value: request.waiting ? request.routedTo : '' },
        { label: 'Answered', value: request.answeredAt ?? '' },
        { label: 'Answer', value: request.answer },
        {
          label: 'Became',
          value:
            request.resultSessionId && request.kind !== 'cancel' ? (
              <Anchor component={Link} to={`${sessions}/${request.resultSessionId}`} inherit>
                The session
              </Anchor>
            ) : (
              ''
            ),
        },
      ]}
    />
  );
}
