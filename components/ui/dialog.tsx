'use client';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Modal as AriaModal, Heading, ModalOverlay } from 'react-aria-components';
import { Button, IconButton } from './button';

type Shared = {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
};

const OVERLAY = 'fixed inset-0 z-40 bg-black/35';

function Title({ title, onClose }: { title: string; onClose: () => void }) {
  return (
    <div className="flex items-center justify-between gap-4">
      <Heading slot="title" className="font-serif text-xl font-semibold">
        {title}
      </Heading>
      <IconButton label="Close" onPress={onClose}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}

/** A dialog in the middle of the page. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  role,
  width = 'max-w-lg',
  isDismissable = true,
}: Shared & {
  role?: 'dialog' | 'alertdialog';
  width?: string;
  /** Whether a press outside or Escape closes it; not where something is shown this once. */
  isDismissable?: boolean;
}) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!isDismissable}
      className={`${OVERLAY} grid place-items-center overflow-y-auto p-4`}
    >
      <AriaModal className={`w-full ${width} rounded-xl border border-line bg-raised shadow-float`}>
        <AriaDialog role={role} className="flex flex-col gap-4 p-5 outline-none">
          <Title title={title} onClose={onClose} />
          {children}
        </AriaDialog>
      </AriaModal>
    </ModalOverlay>
  );
}

/** A panel that comes in from the bottom (narrow pages) or a side. */
export function Sheet({
  title,
  isOpen,
  onClose,
  children,
  side = 'bottom',
}: Shared & { side?: 'bottom' | 'left' | 'right' }) {
  const place = {
    bottom: 'inset-x-0 bottom-0 max-h-[82dvh] rounded-t-xl border-t',
    left: 'inset-y-0 left-0 w-[min(24rem,92vw)] border-e',
    right: 'inset-y-0 right-0 w-[min(24rem,92vw)] border-s',
  }[side];
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className={OVERLAY}
    >
      <AriaModal className={`absolute flex flex-col border-line bg-paper shadow-float ${place}`}>
        <AriaDialog className="flex min-h-0 flex-col gap-3 overflow-y-auto p-4 outline-none">
          <Title title={title} onClose={onClose} />
          {children}
        </AriaDialog>
      </AriaModal>
    </ModalOverlay>
  );
}

/** Asks before something that can't be undone. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  isOpen,
  onClose,
  onConfirm,
  isPending = false,
}: Shared & { confirm: string; onConfirm: () => void; isPending?: boolean }) {
  return (
    <Dialog role="alertdialog" title={title} isOpen={isOpen} onClose={onClose} width="max-w-md">
      <div className="text-muted">{children}</div>
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>Cancel</Button>
        <Button look="danger" onPress={onConfirm} isPending={isPending}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
