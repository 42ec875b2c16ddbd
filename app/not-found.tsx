import type { Metadata } from 'next';
import { ButtonLink } from '@/components/ui/button-link';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-md flex-col items-start justify-center gap-4 px-4">
      <h1 className="font-serif text-[28px] font-semibold leading-tight">There is nothing here for you</h1>
      <p className="text-muted">
        The address may be wrong, the thing may have been removed, or you may not be in this project. Whoever
        sent you the link can invite you.
      </p>
      <ButtonLink href="/projects" look="primary">
        Your projects
      </ButtonLink>
    </main>
  );
}
