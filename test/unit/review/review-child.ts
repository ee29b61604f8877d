/** Reviews without end, and says what is done the moment it is confirmed. Killed by the test. */
import { setImmediate } from 'node:timers/promises';
import { continueAction, startAction } from '../../../main/archive/review/actions.ts';
import { addNote } from '../../../main/archive/review/notes.ts';
import { openWriter } from '../../../main/archive/store/database.ts';
import type { ReviewChange } from '../../../preload/model.ts';

const [, , folder = ''] = process.argv;
const { db } = openWriter(folder, { hostName: 'cli', appVersion: '0.0.0' });
const doing = { now: 5, actor: { user: 'ana', host: 'desk', app: 'test' } };

const changes: readonly ReviewChange[] = [
  { kind: 'tag', tag: 'vip' },
  { kind: 'star' },
  { kind: 'mark', outcome: 'relevant' },
  { kind: 'case-add', case: 'Smith', reason: '' },
];

console.log('open');
for (let nth = 0; ; nth += 1) {
  const id = `c${nth}`;
  for (const change of changes) {
    const { action } = startAction(db, change, { kind: 'ids', ids: [id] }, doing);
    continueAction(db, action, doing);
    console.log(`done ${change.kind} ${id}`);
  }
  addNote(db, { id, text: 'promise' }, doing);
  console.log(`done note ${id}`);
  // What was said has to leave the process before it goes on, as a reply of the engine does.
  await setImmediate();
}
