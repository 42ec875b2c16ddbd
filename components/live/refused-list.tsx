'use client';
import { useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { copyText } from './copy-text';
import { useActions, useProject } from './project-context';
import { type Refused, wordsOf } from './refused';

/** Says that something could not be saved, and shows it with what was typed until the person has decided. */
export function RefusedChanges() {
  const refused = useProject((state) => state.refused);
  const [isOpen, setOpen] = useState(false);
  if (refused.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-danger-wash px-4 py-1.5 text-[14px] text-danger">
      <p>
        {refused.length === 1 ? '1 change' : `${refused.length} changes`} of yours could not be saved. What
        you typed is kept here.
      </p>
      <Button size="small" onPress={() => setOpen(true)}>
        Look at {refused.length === 1 ? 'it' : 'them'}
      </Button>
      <Dialog title="Could not be saved" isOpen={isOpen} onClose={() => setOpen(false)}>
        <ul className="flex max-h-[60dvh] flex-col divide-y divide-line overflow-y-auto text-ink">
          {refused.map((entry) => (
            <Entry key={entry.key} entry={entry} />
          ))}
        </ul>
      </Dialog>
    </div>
  );
}

function Entry({ entry }: { entry: Refused }) {
  const { retryRefused, discardRefused } = useActions();
  const isClosed = useProject((state) => state.connection === 'closed');
  const { name, typed, passage } = wordsOf(entry.change);
  const copied = [passage === '' ? '' : `“${passage}”`, typed].filter((part) => part !== '').join('\n');
  return (
    <li className="flex flex-col gap-2 py-3">
      <p>
        <span className="font-medium">{name}</span> <span className="text-muted">{entry.why}</span>
      </p>
      {passage === '' ? null : <p className="line-clamp-3 font-serif text-muted">“{passage}”</p>}
      {typed === '' ? null : <p className="whitespace-pre-wrap break-words">{typed}</p>}
      <div className="flex flex-wrap gap-2">
        {isClosed ? null : (
          <Button size="small" onPress={() => retryRefused(entry.key)}>
            Try again
          </Button>
        )}
        {copied === '' ? null : (
          <Button size="small" onPress={() => void copyText(copied)}>
            Copy
          </Button>
        )}
        <Button size="small" look="danger" onPress={() => discardRefused(entry.key)}>
          Discard
        </Button>
      </div>
    </li>
  );
}
