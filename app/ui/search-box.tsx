import { Kbd, UnstyledButton } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import styles from './search-box.module.css';

const SearchDialog = lazy(() => import('./search-dialog.tsx'));

/** Search over everything: Ctrl K opens it where one is; without JavaScript it is a link to the page of it. */
export function SearchBox() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen(true);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <UnstyledButton
        component={Link}
        to="/office/search"
        className={styles.box}
        aria-keyshortcuts="Control+K"
        aria-label="Search"
        onClick={(event: React.MouseEvent) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <IconSearch size={16} aria-hidden />
        <span className={styles.word}>Search</span>
        <Kbd size="xs" className={styles.keys} aria-hidden>
          Ctrl K
        </Kbd>
      </UnstyledButton>
      {open ? (
        <Suspense fallback={null}>
          <SearchDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
