'use client';
import { useEffect, useState } from 'react';
import type { GuestLink } from '@/lib/guests/guest-link';
import { useProject } from '../live/project-context';
import { useMay } from '../live/use-may';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Spinner } from '../ui/progress';
import { Secret } from '../ui/secret';
import { Section } from '../ui/section';
import { useAction } from '../ui/use-action';
import { useAsked } from '../ui/use-asked';
import { useCall } from '../ui/use-call';
import { useQuery } from '../ui/use-query';
import { GuestLinkRow } from './guest-link-row';
import { NewGuestLinkDialog } from './new-guest-link';
import type { Shown } from './shown';

/** Links for people without an account: what each shows, who looked and what they wrote. */
export function GuestLinks() {
  const mayRead = useMay('guest-link.read');
  return mayRead ? <Links /> : null;
}

function Links() {
  const projectId = useProject((state) => state.project.id);
  const threads = useProject((state) => state.threads);
  const mayMake = useMay('guest-link.create');
  const list = useCall((signal) => call('guest-link.list', { params: { projectId }, signal }));
  const { reload } = list;
  // What a guest says is told as any comment is; how much there is of it stands in the list.
  const [read, setRead] = useState(threads);
  useEffect(() => {
    if (read === threads) return;
    setRead(threads);
    reload();
  }, [read, threads, reload]);
  const asked: Record<Shown['kind'], string | null> = {
    source: useQuery('source'),
    note: useQuery('note'),
    claims: useQuery('claims'),
  };
  const [making, setMaking] = useState<Shown | null>(null);
  const [made, setMade] = useState<GuestLink | null>(null);
  useAsked('guest', () => {
    const ids = (kind: Shown['kind']) => asked[kind]?.split(',').filter(Boolean) ?? [];
    const kind = (['source', 'note', 'claims'] as const).find((one) => ids(one).length > 0) ?? 'source';
    setMaking({ kind, ids: ids(kind) });
  });
  const revoke = useAction(async (guestLinkId: string) => {
    await call('guest-link.revoke', { params: { projectId, guestLinkId } });
    if (made?.id === guestLinkId) setMade(null);
    reload();
  });
  const items = list.data?.items ?? [];
  return (
    <Section
      title="Ask a guest"
      about="A link shows people without an account one source, some claims or one note, and nothing else of the project. They comment on it, or say whether it is right."
      action={
        mayMake ? (
          <Button onPress={() => setMaking({ kind: 'source', ids: [] })}>Make a guest link</Button>
        ) : null
      }
    >
      {made?.url ? (
        <div role="status" className="flex flex-col gap-2 rounded-md bg-accent-wash p-3">
          <p className="text-[14px]">The link is ready. Copy it now: it is not shown again.</p>
          <Secret label={`Guest link to ${made.title}`} value={made.url} />
        </div>
      ) : null}
      <FormError>{revoke.error ?? list.error}</FormError>
      {list.data === null && list.error === null ? <Spinner label="Reading the guest links" /> : null}
      {list.data && items.length === 0 ? (
        <p className="text-[14px] text-muted">
          No guest was asked yet. Make a link here, from a source in the list, or from a claim or a note.
        </p>
      ) : null}
      {items.length > 0 ? (
        <ul aria-label="Guest links" className="border-t border-line">
          {items.map((link) => (
            <GuestLinkRow
              key={link.id}
              link={link}
              isBusy={revoke.busy}
              onRevoke={() => void revoke.run(link.id)}
            />
          ))}
        </ul>
      ) : null}
      {making === null ? null : (
        <NewGuestLinkDialog
          shown={making}
          onClose={() => setMaking(null)}
          onMade={(link) => {
            setMaking(null);
            setMade(link);
            reload();
          }}
        />
      )}
    </Section>
  );
}
