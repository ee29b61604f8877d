import { clsx } from 'clsx';
import { ArrowLeft, EyeOff, Link2, TextQuote, X } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Message, Note } from '../../../preload/model.ts';
import { asErrorValue } from '../../bridge/client.ts';
import { useNotes } from '../../bridge/review.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Empty, Skeleton } from '../../parts/empty.tsx';
import { ErrorNotice, Notice } from '../../parts/notice.tsx';
import { toast } from '../../parts/toast.tsx';
import { markPassage } from '../../state/marked-passages.ts';
import { useShortcuts } from '../../state/shortcuts.ts';
import { t } from '../../text/text.ts';
import { NotesPanel } from '../review/notes-panel.tsx';
import { hasWords } from '../search/query-text.ts';
import { searchHref } from '../search/search-state.ts';
import { Facts } from './facts.tsx';
import { HitSteps } from './hit-steps.tsx';
import { Original } from './original.tsx';
import { quotation } from './quotation.ts';
import { ReaderTitle } from './reader-title.tsx';
import { selectedPassage } from './selected-passage.ts';
import { Transcript } from './transcript.tsx';
import { useConversation } from './use-conversation.ts';
import { Versions } from './versions.tsx';
import styles from './reader.module.css';

interface ReaderProps {
  id: string;
  query: string;
  /** It is among the results of that query. */
  found: boolean;
  /** Message that a deep link points at. */
  message: number | null;
  zone: string;
  onMessage: (index: number | null) => void;
  /** Absent: what it is part of is closed instead. */
  onClose?: () => void;
  /** List and reader are two steps: closing means going back. */
  single: boolean;
  /** What else can be done to the conversation. */
  tools?: ReactNode;
  /** What reviewers put on it. */
  marks?: ReactNode;
}

export function Reader({
  id,
  query,
  found,
  message,
  zone,
  onMessage,
  onClose,
  single,
  tools,
  marks: reviewMarks,
}: ReaderProps) {
  const [version, setVersion] = useState<number | null>(null);
  const [tab, setTab] = useState('transcript');
  // A deep link to a message wins over the first hit.
  const [hit, setHit] = useState(message === null ? 0 : -1);
  const conversation = useConversation(id, query, version);
  const transcript = conversation.data?.transcript;
  const notes = useNotes(id).data;
  const notesOn = useMemo(() => countByMessage(notes?.notes ?? []), [notes]);
  const showNotes = useCallback(() => setTab('notes'), []);
  const marks = conversation.data?.marks ?? [];

  const step = (by: number) => {
    if (marks.length === 0) return;
    setTab('transcript');
    // From a message that is pointed at, "next" is the next hit after it.
    const next = hit >= 0 ? hit + by : marks.findIndex((mark) => mark.message >= (message ?? 0));
    setHit((next + marks.length) % marks.length);
  };
  const point = useCallback(
    (index: number) => {
      setHit(-1);
      onMessage(index);
    },
    [onMessage],
  );
  const quote = useCallback(
    (line: Message) => {
      if (transcript === undefined) return;
      const chosen = getSelection()?.toString().trim() ?? '';
      const words = chosen !== '' && line.text.includes(chosen) ? chosen : line.text;
      void navigator.clipboard
        .writeText(quotation(transcript, line, words, zone))
        .then(() => toast(t('reader.quoted')));
    },
    [transcript, zone],
  );
  const quotePointed = () => {
    const index = marks[hit]?.message ?? message ?? 0;
    const line = transcript?.messages[index];
    if (line !== undefined) quote(line);
  };
  const hideSelected = () => {
    // Exports hold the newest version: places in an older one could be others.
    const passage = version === null ? selectedPassage() : null;
    toast(
      passage === null
        ? t('reader.hide.select')
        : t('reader.hide.marked', { count: markPassage({ id: transcript?.id ?? id, ...passage }) }),
    );
  };
  const copyLink = () => {
    const href = searchHref({ query, id, message: marks[hit]?.message ?? message });
    void navigator.clipboard
      .writeText(`${location.href.split('#')[0]}#${href}`)
      .then(() => toast(t('reader.link-copied')));
  };
  useShortcuts({ n: () => step(1), p: () => step(-1), y: quotePointed });

  if (conversation.error !== null) {
    return (
      <section className={styles.reader} aria-label={t('reader.label')}>
        <div className={styles.padded}>
          <ErrorNotice error={asErrorValue(conversation.error)} onRetry={() => void conversation.refetch()} />
          {onClose !== undefined && <Button onPress={onClose}>{t('reader.back')}</Button>}
        </div>
      </section>
    );
  }
  return (
    <section className={styles.reader} aria-label={t('reader.label')}>
      <header className={styles.header}>
        {single && onClose !== undefined && (
          <IconButton label={t('reader.back')} shortcut="Esc" onPress={onClose}>
            <ArrowLeft size={18} aria-hidden />
          </IconButton>
        )}
        <div className={styles.title}>
          {transcript === undefined ? (
            <h2>{t('state.loading')}</h2>
          ) : (
            <ReaderTitle transcript={transcript} zone={zone} />
          )}
          {reviewMarks}
        </div>
        <div className={styles.tools}>
          {hasWords(query) && transcript !== undefined && (
            <HitSteps count={marks.length} found={found} hit={hit} onStep={step} onFacts={() => setTab('facts')} />
          )}
          {tools}
          <IconButton label={t('reader.quote')} shortcut="y" size="small" onPress={quotePointed}>
            <TextQuote size={16} aria-hidden />
          </IconButton>
          <IconButton label={t('reader.hide')} size="small" onPress={hideSelected}>
            <EyeOff size={16} aria-hidden />
          </IconButton>
          <IconButton label={t('reader.copy-link')} size="small" onPress={copyLink}>
            <Link2 size={16} aria-hidden />
          </IconButton>
          {!single && onClose !== undefined && (
            <IconButton label={t('reader.close')} shortcut="Esc" size="small" onPress={onClose}>
              <X size={16} aria-hidden />
            </IconButton>
          )}
        </div>
      </header>
      {transcript === undefined ? (
        <Skeleton rows={9} label={t('state.loading')} />
      ) : (
        <Tabs className={clsx(styles.tabs)} selectedKey={tab} onSelectionChange={(key) => setTab(String(key))}>
          <TabList className={clsx(styles.tablist)} aria-label={t('reader.views')}>
            <Tab id="transcript" className={clsx(styles.tab)}>
              {t('reader.transcript')} <span className={styles.number}>{transcript.messageCount}</span>
            </Tab>
            <Tab id="facts" className={clsx(styles.tab)}>
              {t('reader.facts')}
            </Tab>
            <Tab id="notes" className={clsx(styles.tab)}>
              {t('notes.title')} {(notes?.total ?? 0) > 0 && <span className={styles.number}>{notes?.total}</span>}
            </Tab>
            <Tab id="versions" className={clsx(styles.tab)}>
              {t('reader.versions')} <span className={styles.number}>{transcript.versions.length}</span>
            </Tab>
            <Tab id="original" className={clsx(styles.tab)}>
              {t('reader.original')}
            </Tab>
          </TabList>
          {version !== null && version !== Math.max(...transcript.versions.map((item) => item.version)) && (
            <Notice
              tone="warning"
              title={t('versions.old', { version })}
              actions={
                <Button size="small" onPress={() => setVersion(null)}>
                  {t('versions.newest')}
                </Button>
              }
            />
          )}
          <TabPanel id="transcript" className={clsx(styles.panel)}>
            {transcript.messages.length === 0 ? (
              <Empty title={t('reader.no-messages')}>{t('reader.no-messages.why')}</Empty>
            ) : (
              <Transcript
                key={`${transcript.id} ${transcript.version}`}
                messages={transcript.messages}
                marks={marks}
                zone={zone}
                currentHit={marks.length === 0 ? -1 : hit}
                pointed={hit >= 0 && marks.length > 0 ? null : message}
                onPoint={point}
                onQuote={quote}
                notes={notesOn}
                onNotes={showNotes}
              />
            )}
          </TabPanel>
          <TabPanel id="facts" className={clsx(styles.panel, styles.scrolled)}>
            <Facts transcript={transcript} marks={conversation.data?.factMarks ?? []} zone={zone} />
          </TabPanel>
          <TabPanel id="notes" className={clsx(styles.panel, styles.scrolled)}>
            <NotesPanel
              id={id}
              zone={zone}
              onMessage={(index) => {
                point(index);
                setTab('transcript');
              }}
            />
          </TabPanel>
          <TabPanel id="versions" className={clsx(styles.panel, styles.scrolled)}>
            <Versions
              transcript={transcript}
              zone={zone}
              onShow={(chosen) => {
                setVersion(chosen);
                setTab('transcript');
              }}
            />
          </TabPanel>
          <TabPanel id="original" className={clsx(styles.panel, styles.scrolled)}>
            <Original id={transcript.id} version={transcript.version} />
          </TabPanel>
        </Tabs>
      )}
    </section>
  );
}

/** How many notes each message has. Messages keep their ids when a new version of the record moves them. */
function countByMessage(notes: readonly Note[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { message } of notes) if (message !== null) counts.set(message.id, (counts.get(message.id) ?? 0) + 1);
  return counts;
}
