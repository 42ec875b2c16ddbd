import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/source-serif-4/opsz.css';
import '@fontsource-variable/source-serif-4/opsz-italic.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { EarlyPresses, PageReady } from '@/components/ui/early-presses';
import { Toasts } from '@/components/ui/toasts';

export const metadata: Metadata = {
  title: { default: 'Gloss', template: '%s · Gloss' },
  description: 'Read, mark, code and write about a source together, live.',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf7' },
    { media: '(prefers-color-scheme: dark)', color: '#171614' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the request makes every page dynamic: Next can then put the nonce of this request's policy on its scripts.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const theme = (await cookies()).get('theme')?.value;
  return (
    <html lang="en" data-theme={theme === 'light' || theme === 'dark' ? theme : undefined}>
      <body>
        <EarlyPresses nonce={nonce} />
        {children}
        <Toasts />
        <PageReady />
      </body>
    </html>
  );
}
