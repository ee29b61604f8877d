import { clsx } from 'clsx';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { X } from 'lucide-react';
import { t } from '../text/text.ts';
import { IconButton } from './button.tsx';
import { useFocusInside } from './use-focus-inside.ts';
import styles from './dialog.module.css';

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  size?: 'small' | 'normal' | 'wide';
  /** A click outside closes it; not for forms, where it would lose what was typed. */
  dismissable?: boolean;
  children: ReactNode;
}

/** A panel above the page: takes the focus, gives it back, closes on Esc. */
export function Dialog({ title, isOpen, onClose, size = 'normal', dismissable = true, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={dismissable}
      className={clsx(styles.overlay)}
      data-modal=""
    >
      <Modal className={clsx(styles.modal, styles[size])}>
        <DialogPanel title={title} onClose={onClose}>
          {children}
        </DialogPanel>
      </Modal>
    </ModalOverlay>
  );
}

function DialogPanel({ title, onClose, children }: Pick<DialogProps, 'title' | 'onClose' | 'children'>) {
  const panel = useRef<HTMLElement>(null);
  useFocusInside(panel);
  return (
    <AriaDialog ref={panel} className={clsx(styles.dialog)}>
      <header className={styles.header}>
        <Heading slot="title" level={2}>
          {title}
        </Heading>
        <IconButton label={t('action.close')} shortcut="Esc" size="small" onPress={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <div className={styles.body}>{children}</div>
    </AriaDialog>
  );
}
