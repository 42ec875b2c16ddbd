'use client';

import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { FormError } from '@/components/ui/form-error';
import { download } from '@/components/ui/http';
import { saveFile } from '@/components/ui/save-file';
import { Section } from '@/components/ui/section';
import { useAction } from '@/components/ui/use-action';
import { EraseYourself } from './erase-yourself';

/** What is kept about somebody is theirs: they take it with them, and they take it away. */
export function YourData({ me }: { me: { id: string; email: string } }) {
  const [bytes, setBytes] = useState<number | null>(null);
  const [done, setDone] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const take = useAction(async () => {
    abort.current = new AbortController();
    setDone(false);
    try {
      saveFile(await download('me.export', { signal: abort.current.signal }, setBytes), 'my-gloss-data.zip');
      setDone(true);
    } finally {
      setBytes(null);
    }
  });
  return (
    <Section
      title="Your data"
      about="Everything kept about you and everything you made, in all projects, those you left too: one ZIP, with a README that says what each file is. No other member’s words are in it."
    >
      <FormError>{take.error}</FormError>
      <Button className="self-start" isPending={take.busy} onPress={() => take.run()}>
        <Download aria-hidden className="size-4" />
        {take.busy
          ? `Reading… ${bytes === null ? '' : `${Math.ceil(bytes / 1024)} kB`}`
          : 'Download your data'}
      </Button>
      <p role="status" className="text-[14px] text-muted">
        {done ? 'my-gloss-data.zip is downloaded.' : ''}
      </p>
      <EraseYourself me={me} />
    </Section>
  );
}
