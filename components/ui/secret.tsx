'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button';
import { INPUT_CLASS } from './field';
import { toast } from './toasts';

/** Something shown once, to be copied. */
export function Secret({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch (cause) {
      if (!(cause instanceof DOMException || cause instanceof TypeError)) throw cause;
      toast({
        text: 'The browser does not allow copying here. Select the text and copy it.',
        tone: 'danger',
      });
    }
  };
  return (
    <div className="flex gap-2">
      <input
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => event.target.select()}
        className={`${INPUT_CLASS} h-9 min-w-0 grow font-mono text-[13px]`}
      />
      <Button onPress={() => void copy()}>
        {copied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
        <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
      </Button>
    </div>
  );
}
