'use client';

import { SunMoon } from 'lucide-react';
import { IconButton } from '@/components/ui/button';

const YEAR = 365 * 24 * 60 * 60;

/** Light or dark, kept in a cookie so that the next page comes in the right one from the server. */
export function ThemeToggle() {
  return (
    <IconButton label="Switch between light and dark" onPress={switchTheme}>
      <SunMoon aria-hidden className="size-4" />
    </IconButton>
  );
}

/** Shows the page in the other of light and dark. */
export function switchTheme(): void {
  const root = document.documentElement;
  const shown = root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const next = shown === 'dark' ? 'light' : 'dark';
  root.dataset.theme = next;
  // Not the Cookie Store API: browsers keep that to https, and Gloss also runs on plain http in one's own network.
  Reflect.set(document, 'cookie', `theme=${next}; path=/; max-age=${YEAR}; samesite=lax`);
}
