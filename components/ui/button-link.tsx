'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { type ButtonLook, buttonClass } from './button';

/** A link that looks like a button. */
export function ButtonLink({
  href,
  look = 'secondary',
  children,
  onClick,
}: {
  href: string;
  look?: ButtonLook;
  children: ReactNode;
  onClick?: () => void;
}) {
  return (
    <Link href={href} className={buttonClass(look)} onClick={onClick}>
      {children}
    </Link>
  );
}
