/** The preparing thread without the custody log's share (see without-log.ts). */
import './without-log.ts';

await import('../main/archive/prepare/worker.ts');
