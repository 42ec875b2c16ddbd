'use client';

import { BookOpen, LogOut, UserRound } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { Avatar } from '@/components/ui/avatar';
import { Menu } from '@/components/ui/menu';
import { ThemeToggle } from '@/components/ui/theme-toggle';
import { useSignOut } from './sign-out';

const ICON = 'size-4 text-muted';

/** What belongs to the person rather than the page: appearance, account, signing out. */
export function AccountMenu({ me }: { me: { id: string; name: string } }) {
  const out = useSignOut(me.id);
  return (
    <>
      <ThemeToggle />
      <Menu
        label="You"
        trigger={
          <AriaButton
            aria-label={`Account of ${me.name}`}
            className="grid size-9 place-items-center rounded-full hover:bg-hover"
          >
            <Avatar userId={me.id} name={me.name} size={26} />
          </AriaButton>
        }
        entries={[
          {
            id: 'account',
            label: 'Your account',
            href: '/account',
            icon: <UserRound aria-hidden className={ICON} />,
          },
          { id: 'docs', label: 'API', href: '/api/docs', icon: <BookOpen aria-hidden className={ICON} /> },
          {
            id: 'out',
            label: 'Sign out',
            icon: <LogOut aria-hidden className={ICON} />,
            onAction: () => void out.start('here'),
          },
          {
            id: 'everywhere',
            label: 'Sign out everywhere…',
            href: '/account#devices',
            icon: <LogOut aria-hidden className={ICON} />,
          },
        ]}
      />
      {out.dialog}
    </>
  );
}
