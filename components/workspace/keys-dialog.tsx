'use client';
import { Dialog } from '../ui/dialog';
import { KEYS } from './use-reading-keys';

/** All keys of the workspace; their short form is what screen readers hear at the article. */
export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={onClose} width="max-w-xl">
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2">
        {KEYS.map(([keys, what]) => (
          <div key={keys} className="contents">
            <dt className="whitespace-nowrap font-medium tabular-nums">{keys}</dt>
            <dd className="text-muted">{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** What screen readers hear at the article, which names this as its description. */
export function ReadingKeys() {
  return (
    <p id="reading-keys" className="sr-only">
      Press j and k to select sentences, then Enter for what can be made of them. Brackets go from mark to
      mark. The question mark lists all keys.
    </p>
  );
}
