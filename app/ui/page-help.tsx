import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconHelpCircle } from '@tabler/icons-react';
import { type HelpTopic, helpAddress } from '#app/domain/help/help-topics.ts';
import styles from './page-help.module.css';
import { useMenu } from './use-menu.ts';

export interface PageHelpProps {
  /** Two or three sentences: what this page is for, and what isn't seen at once. */
  text: string;
  /** Where the whole of it is explained. */
  about: HelpTopic;
}

/** The small "?" beside a page's title. Opens without a script. */
export function PageHelp({ text, about }: PageHelpProps) {
  const menu = useMenu();
  return (
    <details ref={menu} className={`${styles.help} no-print`}>
      <summary aria-label="Help for this page">
        <IconHelpCircle size={20} stroke={1.6} aria-hidden />
      </summary>
      <div className={styles.panel}>
        <Text size="sm">{text}</Text>
        <Anchor component={Link} to={helpAddress(about)} size="sm">
          How it works here
        </Anchor>
      </div>
    </details>
  );
}
