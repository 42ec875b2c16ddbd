'use client';
import { X } from 'lucide-react';
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { Button, IconButton } from './button';

export type ToastMessage = {
  text: string;
  tone?: 'plain' | 'danger';
  /** One thing that can be done about it, for example Undo. */
  action?: { label: string; onPress: () => void };
};

const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 });

/** Shows a message for a while: ten seconds, or until it is closed when something went wrong. Returns how to take it back. */
export function toast(message: ToastMessage): () => void {
  const key = queue.add(message, message.tone === 'danger' ? {} : { timeout: 10_000 });
  return () => queue.close(key);
}

/** Where toasts appear; once per page, in the root layout. */
export function Toasts() {
  return (
    <ToastRegion
      queue={queue}
      aria-label="Messages"
      className="fixed inset-x-4 bottom-4 z-[60] flex sm:end-auto sm:w-[24rem] flex-col gap-2 outline-none"
    >
      {({ toast: shown }) => (
        <Toast
          toast={shown}
          className={`flex items-center gap-3 rounded-lg border bg-raised py-2 ps-4 pe-2 shadow-float ${shown.content.tone === 'danger' ? 'border-danger' : 'border-line'}`}
        >
          <ToastContent className="min-w-0 grow">
            <Text slot="title" className={shown.content.tone === 'danger' ? 'text-danger' : ''}>
              {shown.content.text}
            </Text>
          </ToastContent>
          {shown.content.action ? (
            <Button
              size="small"
              onPress={() => {
                shown.content.action?.onPress();
                queue.close(shown.key);
              }}
            >
              {shown.content.action.label}
            </Button>
          ) : null}
          <IconButton slot="close" label="Dismiss">
            <X aria-hidden className="size-4" />
          </IconButton>
        </Toast>
      )}
    </ToastRegion>
  );
}
