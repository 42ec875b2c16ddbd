'use client';
import { Bell } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { IconButton } from '../ui/button';
import { FormError } from '../ui/form-error';
import { POPOVER_CLASS } from '../ui/menu';
import { NoticeItem } from './notice-item';
import { useNotices } from './use-notices';

/** What the person was told, behind a bell that counts what they have not seen. */
export function NoticeBell() {
  const { notices, unseen, error, see } = useNotices();
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        if (open) void see((notices ?? []).filter(({ seen }) => seen === null).map(({ id }) => id));
      }}
    >
      <IconButton label={unseen === 0 ? 'Notices' : `Notices, ${unseen} new`} className="relative">
        <Bell aria-hidden className="size-4" />
        {unseen > 0 ? (
          <span
            aria-hidden
            // Drawn, not written: the panel is named by this button, which says the number itself.
            data-count={unseen > 9 ? '9+' : unseen}
            className="absolute end-0.5 top-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[10px] font-semibold leading-none text-accent-ink before:content-[attr(data-count)]"
          />
        ) : null}
      </IconButton>
      <Popover placement="bottom end" className={`${POPOVER_CLASS} w-[min(26rem,calc(100vw-1rem))]`}>
        <Dialog aria-label="Notices" className="max-h-[70dvh] overflow-y-auto outline-none">
          <FormError>{error}</FormError>
          {notices === null || notices.length === 0 ? (
            <p className="max-w-prose px-4 py-4 text-[14px] text-muted">
              Nothing yet. When somebody mentions you, answers you or gives you something to do, and when a
              new version of a source changes a passage of yours, you are told here.
            </p>
          ) : (
            notices.map((notice) => (
              <NoticeItem key={notice.id} notice={notice} onGo={() => setOpen(false)} />
            ))
          )}
          <p className="px-4 py-2.5 text-[13px]">
            <Link
              href="/account/notices"
              onClick={() => setOpen(false)}
              className="rounded text-accent underline underline-offset-2"
            >
              What comes by mail
            </Link>
          </p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
