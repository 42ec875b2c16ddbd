'use client';

import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyText } from '@/components/ui/copy-text';
import { Dialog } from '@/components/ui/dialog';
import { saveFile } from '@/components/ui/save-file';

/** Recovery codes, the one time they are shown: closing says that they are kept. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[] | null; onKept: () => void }) {
  const text = `Recovery codes for Gloss (${window.location.host}). Each works once.\n\n${codes?.join('\n')}\n`;
  return (
    <Dialog title="Keep your recovery codes" isOpen={codes !== null} onClose={onKept} isDismissable={false}>
      <p className="text-muted">
        If you lose your device, one of these lets you in instead, once. They are shown only now: print them,
        or put them into your password manager, not beside the device.
      </p>
      <ol className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md bg-accent-wash px-4 py-3 font-mono text-[15px]">
        {codes?.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap justify-end gap-2">
        <CopyText text={codes?.join('\n') ?? ''} />
        <Button
          onPress={() => saveFile(new Blob([text], { type: 'text/plain' }), 'gloss-recovery-codes.txt')}
        >
          <Download aria-hidden className="size-4" />
          Download
        </Button>
        <Button look="primary" onPress={onKept}>
          I have kept them
        </Button>
      </div>
    </Dialog>
  );
}
