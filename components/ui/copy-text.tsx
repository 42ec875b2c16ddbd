'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button';
import { toast } from './toasts';

/** Copies a text. */
export function CopyText({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
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
    <Button onPress={() => void copy()}>
      {copied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
      <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
    </Button>
  );
}
