import { useNavigation } from '@remix-run/react';
import styles from './progress-line.module.css';

/** A thin line on top while the next page comes; short waits show nothing. */
export function ProgressLine() {
  const { state } = useNavigation();
  return <div className={state === 'idle' ? styles.idle : styles.busy} aria-hidden="true" />;
}
