import { Anchor, Text } from '@mantine/core';

export interface ContactView {
  name: string;
  phone: string | null;
  email: string | null;
}

/** How to reach somebody, each a link. Nothing where nobody's contacts are to be seen. */
export function ContactLines({ contacts }: { contacts: readonly ContactView[] }) {
  return contacts.map((contact) => (
    <Text key={contact.name + (contact.email ?? '')} size="sm">
      {contact.name}
      {contact.phone ? (
        <>
          {': '}
          <Anchor inherit href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`}>
            {contact.phone}
          </Anchor>
        </>
      ) : null}
      {contact.email ? (
        <>
          {contact.phone ? ', ' : ': '}
          <Anchor inherit href={`mailto:${contact.email}`}>
            {contact.email}
          </Anchor>
        </>
      ) : null}
    </Text>
  ));
}
