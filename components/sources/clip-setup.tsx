'use client';

import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { PageHeading } from '@/components/ui/page-heading';
import { Secret } from '@/components/ui/secret';
import { Section } from '@/components/ui/section';
import { bookmarklet } from '@/lib/sources/bookmarklet';

/** How a page is sent from one's own browser: a bookmark, and what it does and does not. */
export function ClipSetup({ back }: { back: string | null }) {
  const [address, setAddress] = useState('');
  useEffect(() => setAddress(bookmarklet(window.location.origin)), []);
  return (
    <div className="flex flex-col gap-8">
      <div>
        <PageHeading title="Send pages from your browser">
          For pages that only you can open, behind a login or a subscription, and for those that write their
          text by script. A bookmark sends the page as you see it, and what you have selected on it.
        </PageHeading>
        {back === null ? null : (
          <Link href={`/projects/${back}`} className="rounded text-accent underline underline-offset-2">
            Back to the project
          </Link>
        )}
      </div>
      <Section title="1. Keep the bookmark">
        <p className="max-w-prose">Drag this to your bookmarks bar:</p>
        <DragLink address={address} />
        <p className="max-w-prose pt-2">
          Or by keyboard: copy its address, make a bookmark of any page with <Kbd>Ctrl D</Kbd>, and put the
          copied text in place of that page’s address.
        </p>
        <Secret label="Address of the bookmark" value={address} />
      </Section>
      <Section title="2. Press it on a page">
        <ul className="flex max-w-prose list-disc flex-col gap-2 ps-5">
          <li>Select a passage first, if you like: it becomes a quote with the source.</li>
          <li>
            A tab of Gloss opens, shows what was sent and asks for the project. Nothing is stored before you
            press there.
          </li>
          <li>
            Code, styles and what is typed into fields are not sent. Pictures and what is in frames of other
            sites stay behind.
          </li>
        </ul>
      </Section>
      <Section title="Where it does not work">
        <ul className="flex max-w-prose list-disc flex-col gap-2 ps-5">
          <li>On PDF files: save the file and bring it in.</li>
          <li>On the few sites that cut themselves off from the tabs they open; a message says so.</li>
          <li>
            In browsers that hold bookmarks to the policy of the page, as Firefox has done: nothing happens
            then. Save the page (<Kbd>Ctrl S</Kbd>) and bring the file in.
          </li>
        </ul>
      </Section>
    </div>
  );
}

/** A link that is there to be dragged. React writes no address of script, so it is set on the element itself. */
function DragLink({ address }: { address: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  const [pressed, setPressed] = useState(false);
  useEffect(() => link.current?.setAttribute('href', address), [address]);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <a
        ref={link}
        href="/clip"
        className={`${buttonClass('primary')} cursor-grab`}
        onClick={(event) => {
          event.preventDefault();
          setPressed(true);
        }}
      >
        Send to Gloss
      </a>
      <span role="status" className="text-[14px] text-muted">
        {pressed ? 'It works from the bookmarks bar: drag it there, or copy its address below.' : ''}
      </span>
    </div>
  );
}
