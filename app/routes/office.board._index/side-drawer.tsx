import { CloseButton, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './side-drawer.module.css';

interface Props {
  title: ReactNode;
  label: string;
  children: ReactNode;
  onClose: () => void;
}

/** Beside the board, not over it: what is planned stays in sight while the form is filled in. On a phone it is the page. */
export function SideDrawer({ title, label, children, onClose }: Props) {
  const drawer = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    drawer.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.body.hasAttribute('data-carrying')) return;
      if (drawer.current?.contains(document.activeElement)) close.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <section ref={drawer} role="dialog" aria-label={label} tabIndex={-1} className={styles.drawer} data-drawer>
      <div className={styles.drawerHead}>
        <Title order={2} size="h3">
          {title}
        </Title>
        <CloseButton ml="auto" aria-label="Close" onClick={onClose} />
      </div>
      {children}
    </section>
  );
}
