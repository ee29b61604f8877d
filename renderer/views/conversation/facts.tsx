import type { ReactNode } from 'react';
import type { FactMark, Transcript } from '../../../preload/model.ts';
import { formatDuration, formatMoment, formatNumber } from '../../text/format.ts';
import { t } from '../../text/text.ts';
import styles from './facts.module.css';
import { MarkedFact } from './marked-fact.tsx';

interface Fact {
  name: string;
  value: ReactNode;
}

/** Everything that is known beside the transcript, in sections; sections without content are left out. */
export function Facts({
  transcript,
  marks,
  zone,
}: {
  transcript: Transcript;
  marks: readonly FactMark[];
  zone: string;
}) {
  const marked = (text: string | null): ReactNode =>
    text === null || text === '' ? null : <MarkedFact text={text} marks={marks} />;
  const { customer } = transcript;
  const scores: [string, number | null][] = [
    ['CSAT', transcript.csat],
    ['NPS', transcript.nps],
    ['MCS', transcript.mcs],
  ];
  return (
    <div className={styles.facts}>
      <Section
        title={t('facts.conversation')}
        facts={[
          { name: t('facts.id'), value: <code>{transcript.id}</code> },
          { name: t('facts.started'), value: formatMoment(transcript.startedAt, zone) },
          ...(transcript.endedAt === null
            ? []
            : [{ name: t('facts.ended'), value: formatMoment(transcript.endedAt, zone) }]),
          ...(transcript.durationMs === null
            ? []
            : [{ name: t('facts.duration'), value: formatDuration(transcript.durationMs) }]),
          { name: t('facts.status'), value: t(`status.${transcript.status}`) },
          ...scores.flatMap(([name, value]) => (value === null ? [] : [{ name, value: formatNumber(value) }])),
          ...(transcript.skills.length === 0
            ? []
            : [{ name: t('facet.skill'), value: transcript.skills.map((skill) => skill.name).join(', ') }]),
        ]}
      />
      {transcript.summary !== null && transcript.summary !== '' && (
        <section>
          <h3>{t('facts.summary')}</h3>
          <p dir="auto">{marked(transcript.summary)}</p>
        </section>
      )}
      <Section
        title={t('facts.customer')}
        facts={[
          { name: t('facts.name'), value: marked(customer.name) },
          { name: t('facts.email'), value: marked(customer.email) },
          { name: t('facts.phone'), value: marked(customer.phone) },
          { name: t('facts.customer-id'), value: marked(customer.id) },
        ]}
      />
      <Section
        title={t('facts.agents')}
        facts={transcript.agents.map((agent) => ({
          name: agent.name,
          value: [agent.login, agent.group, agent.id].filter((part) => part !== null && part !== '').join(' · '),
        }))}
      />
      <Section
        title={t('facts.transfers')}
        facts={transcript.transfers.map((transfer) => ({
          name: transfer.time === null ? '–' : formatMoment(transfer.time, zone),
          value: [`${transfer.from} → ${transfer.to}`, transfer.reason].filter((part) => part !== '').join(' · '),
        }))}
      />
      <Section
        title={t('facts.surveys')}
        facts={transcript.surveys.map((answer) => ({
          name: answer.question,
          value: (
            <>
              {marked(answer.answer)} <span className={styles.aside}>{answer.survey}</span>
            </>
          ),
        }))}
      />
      <Section
        title={t('facts.details')}
        facts={transcript.details.map(({ name, value }) => ({ name, value: marked(value) }))}
      />
      <Section
        title={t('facts.attributes')}
        facts={transcript.attributes.map((attribute) => ({
          name: `${attribute.type} · ${attribute.name}`,
          value: (
            <>
              {marked(attribute.value)}{' '}
              {attribute.authenticated === true && <span className={styles.aside}>{t('facts.authenticated')}</span>}
            </>
          ),
        }))}
      />
    </div>
  );
}

function Section({ title, facts }: { title: string; facts: readonly Fact[] }) {
  const known = facts.filter((fact) => fact.value !== null && fact.value !== '');
  if (known.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <dl className={styles.list}>
        {known.map((fact, index) => (
          <div key={index} className={styles.fact}>
            <dt dir="auto">{fact.name}</dt>
            <dd dir="auto">{fact.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
