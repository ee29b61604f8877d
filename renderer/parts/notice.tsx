import { clsx } from 'clsx';
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorCode, ErrorValue } from '../../preload/errors.ts';
import { t } from '../text/text.ts';
import { Button } from './button.tsx';
import styles from './notice.module.css';

interface NoticeProps {
  tone: 'info' | 'warning' | 'error';
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
}

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert };

export function Notice({ tone, title, children, actions }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={clsx(styles.notice, styles[tone])} role={tone === 'error' ? 'alert' : 'status'}>
      <Icon size={16} aria-hidden />
      <div className={styles.words}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        {children}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}

/** Failures after which a reader may wonder about the archive itself: all leave it untouched. */
const damages: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['archive-corrupt', 'archive-too-new', 'internal']);

interface ErrorNoticeProps {
  error: ErrorValue;
  onRetry?: () => void;
}

/** What happened, what it means for the archive, what to do (look.md). */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  return (
    <Notice
      tone="error"
      title={error.message}
      {...(onRetry === undefined
        ? {}
        : {
            actions: (
              <Button size="small" onPress={onRetry}>
                {t('action.retry')}
              </Button>
            ),
          })}
    >
      <p>
        {error.hint !== undefined && `${error.hint} `}
        {!damages.has(error.code) && t('error.nothing-lost')}
      </p>
    </Notice>
  );
}
