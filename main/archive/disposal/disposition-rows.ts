import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import {
  destructionCertificateSchema,
  dispositionPlanSchema,
  type Disposition,
  type DispositionPlan,
} from '../../../preload/model.ts';
import { prepared } from '../store/statements.ts';

interface DispositionRow {
  id: number;
  sha256: Buffer;
  plan: string;
  state: Disposition['state'];
  planned_ms: number;
  confirmed_by: string | null;
  reason: string | null;
  started_ms: number | null;
  certificate: string | null;
}

/** A plan as it is kept: with what its run needs to know. */
export interface StoredDisposition {
  id: number;
  sha256: string;
  state: Disposition['state'];
  plan: DispositionPlan;
  plannedAt: number;
  confirmedBy: string | null;
  reason: string | null;
  startedAt: number | null;
}

/** All plans, the latest first. */
export function listDispositions(db: Database, limit: number): Disposition[] {
  return prepared<[number], DispositionRow>(db, 'SELECT * FROM disposition ORDER BY id DESC LIMIT ?')
    .all(limit)
    .map(disposition);
}

/** @throws ArchiveError not-found */
export function getDisposition(db: Database, hash: string): Disposition {
  return disposition(row(db, hash));
}

/** @throws ArchiveError not-found */
export function storedDisposition(db: Database, hash: string): StoredDisposition {
  const found = row(db, hash);
  return {
    id: found.id,
    sha256: hash,
    state: found.state,
    plan: dispositionPlanSchema.parse(JSON.parse(found.plan)),
    plannedAt: found.planned_ms,
    confirmedBy: found.confirmed_by,
    reason: found.reason,
    startedAt: found.started_ms,
  };
}

function row(db: Database, hash: string): DispositionRow {
  const found = prepared<[Buffer], DispositionRow>(db, 'SELECT * FROM disposition WHERE sha256 = ?').get(
    Buffer.from(hash, 'hex'),
  );
  if (found !== undefined) return found;
  throw new ArchiveError('not-found', 'There is no plan with this hash.', {
    hint: 'Compare it with the one that the plan showed.',
  });
}

function disposition({ sha256, plan, state, certificate }: DispositionRow): Disposition {
  return {
    sha256: sha256.toString('hex'),
    state,
    plan: dispositionPlanSchema.parse(JSON.parse(plan)),
    certificate: certificate === null ? null : destructionCertificateSchema.parse(JSON.parse(certificate)),
  };
}
