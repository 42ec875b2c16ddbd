'use client';
import { Check, X } from 'lucide-react';
import { useState } from 'react';
import type { GuestMode } from '@/lib/access/roles';
import { type GuestAbout, type GuestThread, MOST_WORDS } from '@/lib/guests/guest-page';
import type { Verdict } from '@/lib/guests/verdict';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { TextArea } from '../ui/text-field';
import { Time } from '../ui/time';
import { useAction } from '../ui/use-action';

export type Say = (about: GuestAbout, words: { text: string; verdict: Verdict | null }) => Promise<void>;

type Given = {
  about: GuestAbout;
  /** The words that it is about. */
  name: string;
  mode: GuestMode;
  thread: GuestThread | undefined;
  onSay: Say;
};

/** What a guest said of one thing and was answered, and where they say more. */
export function GuestTalk({ about, name, mode, thread, onSay }: Given) {
  const said = thread?.said ?? [];
  const [isSaying, setSaying] = useState(false);
  const isAsked = mode === 'confirm' && (said.length === 0 || isSaying);
  const send = async (words: { text: string; verdict: Verdict | null }) => {
    await onSay(about, words);
    setSaying(false);
  };
  return (
    <div className="flex flex-col gap-3">
      {said.length > 0 ? (
        <ol aria-label="What was said" className="flex flex-col gap-3">
          {said.map((one) => (
            <li
              key={one.id}
              className={`flex flex-col gap-0.5 ${one.by === null ? '' : 'border-s-2 border-accent ps-3'}`}
            >
              <p className="text-[13px] text-muted">
                {one.by ?? 'You'} · <Time at={one.at} />
              </p>
              {one.removed ? (
                <p className="text-muted">This was taken away by those who sent the link.</p>
              ) : null}
              {one.verdict ? <p className="font-medium">{SAID[one.verdict]}</p> : null}
              {one.text ? <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{one.text}</p> : null}
            </li>
          ))}
        </ol>
      ) : null}
      {thread?.resolved ? (
        <p className="text-[14px] text-muted">This is seen to. You can still write.</p>
      ) : null}
      <p role="status" className="sr-only">
        {said.at(-1)?.by === null ? 'Sent.' : ''}
      </p>
      {mode === 'comment' ? <Words name={name} isFirst={said.length === 0} onSend={send} /> : null}
      {isAsked ? <Judge name={name} onSend={send} /> : null}
      {mode === 'confirm' && !isAsked ? (
        <Button size="small" className="self-start" onPress={() => setSaying(true)}>
          Say something else
        </Button>
      ) : null}
    </div>
  );
}

const SAID: Record<Verdict, string> = { confirmed: 'Yes, this is right.', disputed: 'No, this is wrong.' };

type Sends = { name: string; onSend: (words: { text: string; verdict: Verdict | null }) => Promise<void> };

function Words({ name, isFirst, onSend }: Sends & { isFirst: boolean }) {
  const [text, setText] = useState('');
  const send = useAction(async () => {
    await onSend({ text: text.trim(), verdict: null });
    setText('');
  });
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void send.run();
      }}
    >
      <FormError>{send.error}</FormError>
      <TextArea
        label={isFirst ? 'Your comment' : 'Write more'}
        aria-label={`Your comment on: ${name.slice(0, 80)}`}
        rows={text === '' ? 2 : 4}
        maxLength={MOST_WORDS}
        value={text}
        onChange={setText}
      />
      <Button
        type="submit"
        look="primary"
        className="self-end"
        isPending={send.busy}
        isDisabled={text.trim() === ''}
      >
        Send
      </Button>
    </form>
  );
}

function Judge({ name, onSend }: Sends) {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [text, setText] = useState('');
  const send = useAction(async () => {
    await onSend({ text: text.trim(), verdict });
  });
  const about = name.slice(0, 80);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send.run();
      }}
    >
      <FormError>{send.error}</FormError>
      <fieldset className="grid grid-cols-1 gap-2 min-[360px]:grid-cols-2">
        <legend className="sr-only">Is this right? {about}</legend>
        {(['confirmed', 'disputed'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={verdict === one}
            onClick={() => setVerdict(one)}
            className={`flex min-h-11 items-center justify-center gap-2 rounded-md border px-3 py-2 font-medium ${verdict === one ? 'border-accent bg-accent-wash text-accent' : 'border-edge bg-raised hover:bg-hover'}`}
          >
            {one === 'confirmed' ? (
              <Check aria-hidden className="size-4" />
            ) : (
              <X aria-hidden className="size-4" />
            )}
            {one === 'confirmed' ? 'Yes, right' : 'No, wrong'}
          </button>
        ))}
      </fieldset>
      {verdict === null ? null : (
        <>
          <TextArea
            label={verdict === 'confirmed' ? 'Anything to add? (you need not)' : 'What is wrong?'}
            aria-label={verdict === 'confirmed' ? `Anything to add? ${about}` : `What is wrong? ${about}`}
            rows={3}
            isRequired={verdict === 'disputed'}
            maxLength={MOST_WORDS}
            value={text}
            onChange={setText}
          />
          <Button
            type="submit"
            look="primary"
            className="self-end"
            isPending={send.busy}
            isDisabled={verdict === 'disputed' && text.trim() === ''}
          >
            Send
          </Button>
        </>
      )}
    </form>
  );
}
