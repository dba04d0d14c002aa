import { Group } from '@mantine/core';
import { languageName } from '#app/domain/people/languages.ts';
import type { RequestDetail } from '#app/domain/requests/queries.server.ts';
import { DateTime, LocalDate } from '#app/ui/date-time.tsx';
import { Facts, Panel } from '#app/ui/record-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import type { RequestView } from '../request-pages/request-view.ts';
import { GENDER_WORDS, MODE_WORDS, SOURCE_WORDS } from '../request-pages/request-words.ts';

interface Props {
  request: RequestDetail;
  view: RequestView;
  tags: readonly string[];
}

/** What is asked for, but for the times. */
export function AskedPanel({ request, view, tags }: Props) {
  return (
    <Panel title="What is asked for">
      <Facts
        rows={[
          ['Reference', request.ref],
          ['Subject', view.subject],
          ['Program', request.programName],
          ['How often', view.amount],
          ['Where', request.mode ? MODE_WORDS[request.mode] : 'Either'],
          ['Place', [request.placeName, request.location].filter(Boolean).join(', ')],
          ['From', request.startsOn ? <LocalDate key="from" value={request.startsOn} /> : 'As soon as possible'],
          ['Until', request.endsOn ? <LocalDate key="until" value={request.endsOn} /> : 'Open'],
          ['Tutor’s gender', request.wishGender ? GENDER_WORDS[request.wishGender] : null],
          ['Languages', request.wishLanguages.map(languageName).join(', ')],
          ['A tutor they know', request.wishTutorName],
          [
            'Style',
            tags.length === 0 ? null : (
              <Group key="tags" gap={4}>
                {tags.map((tag) => (
                  <StatusBadge key={tag} label={tag} />
                ))}
              </Group>
            ),
          ],
          ['In their own words', request.wishes],
          ['Came from', [SOURCE_WORDS[request.source], request.createdBy].filter(Boolean).join(', ')],
          ['Came', <DateTime key="came" value={request.createdAt} plain />],
        ]}
      />
    </Panel>
  );
}
