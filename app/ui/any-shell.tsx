import type { ReactNode } from 'react';
import { BarShell } from './bar-shell.tsx';
import { OfficeShell } from './office-shell.tsx';
import type { ShellData } from './shell-data.server.ts';

interface Props {
  shell: ShellData;
  office: boolean;
  home: string;
  children: ReactNode;
}

/** Around a page that is everybody's. */
export function AnyShell({ shell, office, home, children }: Props) {
  if (office) return <OfficeShell shell={shell}>{children}</OfficeShell>;
  return (
    <BarShell shell={shell} home={home}>
      {children}
    </BarShell>
  );
}
