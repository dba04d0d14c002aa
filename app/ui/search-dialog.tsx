import { useDebouncedCallback } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useFetcher, useNavigate } from '@remix-run/react';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

interface Answer {
  q: string;
  groups: { label: string; items: { id: string; to: string; title: string; detail: string }[] }[];
}

const [store, spotlight] = createSpotlight();

/** What the page of the search finds, while one types. */
export default function SearchDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const fetcher = useFetcher<Answer>();
  const [query, setQuery] = useState('');
  useEffect(() => spotlight.open(), []);
  const ask = useDebouncedCallback((q: string) => fetcher.load(`/office/search?${new URLSearchParams({ q })}`), 150);
  const typed = query.trim();
  const answer = typed && fetcher.data ? fetcher.data : undefined;
  const asking = typed !== '' && (fetcher.state !== 'idle' || answer?.q !== typed);
  const go = (to: string) => {
    onClose();
    // A document is not a page of the application.
    if (to.endsWith('.pdf')) window.location.assign(to);
    else navigate(to);
  };
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={(q) => {
        setQuery(q);
        if (q.trim()) ask(q.trim());
      }}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={480}
    >
      <Spotlight.Search
        placeholder="Search people, requests, sessions, documents, pages"
        aria-label="Search everything"
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {answer?.groups.map((group) => (
          <Spotlight.ActionsGroup key={group.label} label={group.label}>
            {group.items.map((item) => (
              <Spotlight.Action
                key={item.id}
                label={item.title}
                description={item.detail}
                highlightQuery={false}
                onClick={() => go(item.to)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {answer?.groups.length ? null : (
          <Spotlight.Empty>
            {typed === '' ? 'Parts of words will do' : asking ? 'Searching' : `Nothing is found for “${typed}”`}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
