'use client';
import { ShieldCheck } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { SourceProtection } from '@/lib/sources/protection';

/** That a source is protected, in one calm line; nothing where it is not. */
export function ProtectionLine({
  protection,
  className = '',
}: {
  protection: SourceProtection | null | undefined;
  className?: string;
}) {
  if (!protection) return null;
  const { embargoUntil, file, passages, lost } = protection;
  return (
    <p className={`flex items-start gap-1.5 text-[13px] text-muted ${className}`}>
      <ShieldCheck aria-hidden className="mt-0.5 size-3.5 shrink-0 text-accent" />
      <span>
        {embargoUntil === null ? null : (
          <>
            Under embargo until <Until at={embargoUntil} />: only owners and the people named see it.{' '}
          </>
        )}
        {lost
          ? 'A protected passage was not found again in this version: all of its text is blacked out for others, until somebody who may read it says where it stands. '
          : passages
            ? 'Passages of its text are protected: only owners and the people named read them. '
            : null}
        {file && !passages ? 'Its file is protected: only owners and the people named can open it.' : null}
      </span>
    </p>
  );
}

const never = () => () => {};

/** A moment that is to come, in the zone of whoever looks; in UTC until the page stands. */
function Until({ at }: { at: string }) {
  const isHere = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const words = isHere
    ? new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
    : `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return <time dateTime={at}>{words}</time>;
}
