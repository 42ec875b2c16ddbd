'use client';
import type { GuestAbout, GuestPage } from '@/lib/guests/guest-page';
import { quoted } from '@/lib/guests/quoted';
import { ThemeToggle } from '../ui/theme-toggle';
import { Time } from '../ui/time';
import { GuestNote } from './guest-note';
import { GuestTalk, type Say } from './guest-talk';
import { GuestText } from './guest-text';

/** What a link shows, with what its guest says about it. */
export function GuestReading({ page, isAway, onSay }: { page: GuestPage; isAway: boolean; onSay: Say }) {
  const { guest, mode, kind, message, expires, title, text, marks, blocks, claims, threads, whole } = page;
  const talk = (about: GuestAbout, name: string) => (
    <GuestTalk
      key={about.id}
      about={about}
      name={name}
      mode={mode}
      thread={threads.find((one) => one.about.type === about.type && one.about.id === about.id)}
      onSay={onSay}
    />
  );
  return (
    <div className="mx-auto flex w-full max-w-[42rem] flex-col gap-8 px-4 pt-6 pb-24 sm:px-6 sm:pt-12">
      <header className="flex flex-col gap-4 border-b border-line pb-6">
        <div className="flex items-start justify-between gap-4">
          <p className="pt-1 text-[14px] text-muted">
            You are <strong className="font-medium text-ink">{guest}</strong> here. Nobody is told another
            name.
          </p>
          <ThemeToggle />
        </div>
        <h1 className="break-words font-serif text-[30px] font-semibold leading-tight">{title}</h1>
        {message ? (
          <p className="whitespace-pre-wrap break-words border-s-2 border-accent ps-3">{message}</p>
        ) : null}
        <p className="text-[14px] text-muted">
          {WHAT_TO_DO[mode][kind]} Those who sent you this see when you looked and what you write. The link
          runs out <Time at={expires} />.
        </p>
        <p role="status" className={isAway ? 'text-[14px] text-warning' : 'sr-only'}>
          {isAway ? 'No connection. What you read may be out of date.' : ''}
        </p>
      </header>
      <main className="flex flex-col gap-8">
        {text === null ? null : <GuestText text={text} marks={marks} talk={talk} />}
        {kind === 'note' ? <GuestNote blocks={blocks} /> : null}
        {claims.map((claim, nth) => (
          <section
            key={claim.id}
            aria-label={`Statement ${nth + 1} of ${claims.length}`}
            className="flex flex-col gap-4 border-b border-line pb-8 last:border-0"
          >
            <h2 className="break-words font-serif text-[22px] leading-snug">{claim.wording}</h2>
            {claim.quotes.map((quote) => (
              <figure key={quote.id} className="border-s-2 border-line ps-4">
                <blockquote className="break-words font-serif text-[17px] leading-relaxed">
                  {quoted(quote.exact)}
                </blockquote>
                <figcaption className="pt-1 text-[14px] text-muted">
                  {[quote.speaker, STANCES[quote.stance]].filter(Boolean).join(' · ')}
                </figcaption>
              </figure>
            ))}
            {talk({ type: 'claim', id: claim.id }, claim.wording)}
          </section>
        ))}
        {whole === null ? null : (
          <section aria-labelledby="whole" className="flex flex-col gap-3 border-t border-line pt-6">
            <h2 id="whole" className="font-serif text-xl font-semibold">
              What you think of it
            </h2>
            {talk(whole, title)}
          </section>
        )}
      </main>
    </div>
  );
}

const STANCES = { supports: 'speaks for it', disputes: 'speaks against it', context: 'beside it' } as const;

const WHAT_TO_DO = {
  comment: {
    source: 'Read the text and say what you think of it, below or at the marked passages.',
    claims: 'Read each statement and say what you think of it.',
    note: 'Read the text and say what you think of it, below.',
  },
  confirm: {
    source: 'Please say of each marked passage whether it is right.',
    claims: 'Please say of each statement whether it is right.',
    note: '',
  },
} as const;
