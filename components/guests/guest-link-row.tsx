'use client';
import Link from 'next/link';
import { useId, useState } from 'react';
import type { GuestAnswer, GuestLink } from '@/lib/guests/guest-link';
import { useProject } from '../live/project-context';
import { useMay } from '../live/use-may';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { Spinner } from '../ui/progress';
import { Time } from '../ui/time';
import { useCall } from '../ui/use-call';

const count = (of: number, one: string, many: string) => `${of} ${of === 1 ? one : many}`;
const KINDS = { source: 'Source', claims: 'Claims', note: 'Note' } as const;

/** A link with how often it was opened; opened up, with who looked and what they wrote. */
export function GuestLinkRow({
  link,
  isBusy,
  onRevoke,
}: {
  link: GuestLink;
  isBusy: boolean;
  onRevoke: () => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const recordId = useId();
  const mayRevoke = useMay('guest-link.revoke');
  const hasRunOut = Date.parse(link.expires) <= Date.now();
  const works = link.revoked === null && !hasRunOut;
  return (
    <li className="flex flex-col gap-2 border-b border-line py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className={`min-w-0 grow basis-60 ${works ? '' : 'text-muted'}`}>
          <span className="line-clamp-2 break-words">{link.title}</span>
          <span className="block text-[13px] text-muted">
            {KINDS[link.kind]}
            {link.claimIds.length > 1 ? ` (${link.claimIds.length})` : ''} ·{' '}
            {link.mode === 'confirm' ? 'is it right?' : 'comments'}
            {link.hasPin ? ' · with a PIN' : ''} ·{' '}
            {link.revoked ? (
              <>
                ended <Time at={link.revoked} />
              </>
            ) : (
              <>
                {hasRunOut ? 'ran out' : 'runs out'} <Time at={link.expires} />
              </>
            )}
          </span>
          <span className="block text-[13px] text-muted">
            {count(link.guests, 'guest', 'guests')} · {count(link.views, 'view', 'views')} ·{' '}
            {count(link.answers, 'answer', 'answers')}
          </span>
        </div>
        <Button
          size="small"
          aria-expanded={isOpen}
          aria-controls={recordId}
          aria-label={`${isOpen ? 'Hide who looked' : 'Who looked'}: ${link.title}`}
          onPress={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Hide' : 'Who looked'}
        </Button>
        {works && mayRevoke ? (
          <Button
            size="small"
            look="danger"
            aria-label={`End it: guest link to ${link.title}`}
            isDisabled={isBusy}
            onPress={onRevoke}
          >
            End it
          </Button>
        ) : null}
      </div>
      <div id={recordId}>{isOpen ? <LinkRecord link={link} /> : null}</div>
    </li>
  );
}

function LinkRecord({ link }: { link: GuestLink }) {
  const projectId = useProject((state) => state.project.id);
  const { data, error } = useCall(
    (signal) => call('guest-link.get', { params: { projectId, guestLinkId: link.id }, signal }),
    `${link.views} ${link.answers}`,
  );
  if (data === null)
    return error === null ? <Spinner label="Reading who looked" /> : <FormError>{error}</FormError>;
  if (data.log.length === 0) return <p className="text-[14px] text-muted">Nobody opened it yet.</p>;
  return (
    <div className="grid gap-4 rounded-md bg-sunken p-3 text-[14px] sm:grid-cols-2">
      <section aria-label="What guests wrote" className="flex min-w-0 flex-col gap-2">
        <h3 className="font-medium">What they wrote</h3>
        {data.said.length === 0 ? <p className="text-muted">Nothing yet.</p> : null}
        <ul className="flex flex-col gap-2">
          {data.said.map((answer) => (
            <Answer key={answer.commentId} projectId={projectId} answer={answer} />
          ))}
        </ul>
      </section>
      <section aria-label="Who looked" className="flex min-w-0 flex-col gap-2">
        <h3 className="font-medium">Who looked</h3>
        <ul className="flex flex-col gap-1 text-[13px]">
          {data.log.map(({ guest, at, what }) => (
            <li key={`${guest} ${at}`}>
              {guest} · <Time at={at} /> <span className="text-muted">· {what}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Answer({ projectId, answer }: { projectId: string; answer: GuestAnswer }) {
  const { guest, at, verdict, text, commentId } = answer;
  return (
    <li className="min-w-0">
      <span className="block text-[13px] text-muted">
        {guest} · <Time at={at} />
      </span>
      {verdict ? (
        <span className="font-medium">{verdict === 'confirmed' ? 'It is right. ' : 'It is wrong. '}</span>
      ) : null}
      <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</span>{' '}
      <Link
        prefetch={false}
        href={`/projects/${projectId}/comments/${commentId}`}
        className="text-accent underline underline-offset-2"
      >
        Answer
      </Link>
    </li>
  );
}
