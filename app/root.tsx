import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './ui/app.css';
import { ColorSchemeScript, MantineProvider, mantineHtmlProps } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunction,
  useLocation,
  useRouteLoaderData,
} from '@remix-run/react';
import type { ReactNode } from 'react';
import { ErrorPage, errorTitle } from './ui/error-page.tsx';
import { useNonce } from './ui/nonce.ts';
import { needsServer } from './ui/page-address.ts';
import { theme } from './ui/theme.ts';

export const meta: MetaFunction = ({ error }) => [{ title: error ? `${errorTitle(error)} · Lectern` : 'Lectern' }];

export function loader({ context }: LoaderFunctionArgs) {
  return { requestId: context.requestId, demo: context.config.demo };
}

export const shouldRevalidate: ShouldRevalidateFunction = needsServer;

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const { pathname } = useLocation();
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/icons/apple-touch-180.png" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <meta name="theme-color" content="#2a5fa5" />
        <Meta />
        <Links />
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <Notifications position="bottom-right" />
          {children}
        </MantineProvider>
        {/* A frame may store nothing, and the page around it does the scrolling. */}
        {isFramed(pathname) ? null : <ScrollRestoration nonce={nonce} />}
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

/** Pages that others show within theirs. */
const isFramed = (path: string) => ['/book/embed', '/enquire/embed', '/apply/embed'].includes(path);

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const data = useRouteLoaderData<typeof loader>('root');
  return <ErrorPage requestId={data?.requestId} />;
}
