/** The custody page: what the archive can prove, what it cannot, and how somebody else checks it. */
export const custodyText = {
  'nav.custody': 'Custody',
  'palette.custody': 'Custody: what can be proven',

  'diff.show': 'What differs from version {version}',
  'diff.label': 'Differences between version {from} and version {to}',
  'diff.nothing': 'Nothing that is shown differs: only the text of the record does.',
  'diff.added': 'Added',
  'diff.removed': 'Removed',
  'diff.changed': 'Changed',

  'custody.lead':
    'Every record, every verdict on a window and every action that is recorded is an entry of one log. Each entry is sealed by those before and after it, so that nothing can be altered, removed or put in later without being found.',
  'custody.proven': 'What is proven',
  'custody.proven.originals':
    'The log covers {count} entries. A record that was altered or removed no longer fits it, and verifying finds that.',
  'custody.proven.since': 'Signed checkpoints exist since {when}.',
  'custody.proven.not-yet': 'No checkpoint has been signed yet. The first sync or export signs one.',
  'custody.proven.kept':
    'A checkpoint that somebody else keeps proves that everything before it is still here, unchanged and in order.',
  'custody.unproven': 'What is not proven',
  'custody.unproven.service': 'That LivePerson told the truth when it answered.',
  'custody.unproven.before': 'Anything about the time before the first checkpoint that was kept elsewhere.',
  'custody.unproven.keeper':
    'Whoever can write both the archive and its key could make a new log that fits. Only a checkpoint kept elsewhere finds that.',

  'custody.checkpoint': 'Newest checkpoint',
  'custody.checkpoint.none': 'No checkpoint yet',
  'custody.checkpoint.none.what': 'The first sync or export signs one. It will be shown here, to be kept elsewhere.',
  'custody.checkpoint.state': {
    one: 'Signed {when}, over {count} entry.',
    other: 'Signed {when}, over {count} entries.',
  },
  'custody.checkpoint.added': {
    one: '{count} entry was added since; the next checkpoint covers it.',
    other: '{count} entries were added since; the next checkpoint covers them.',
  },
  'custody.checkpoint.keep':
    'Keep this text where people who can change the archive cannot change it: mail it to counsel, print it, file it. Later it shows whether only additions were made.',
  'custody.checkpoint.text': 'Signed checkpoint',
  'custody.checkpoint.copy': 'Copy the checkpoint',
  'custody.checkpoint.copied': 'Checkpoint copied',
  'custody.key': 'Signing key',
  'custody.key.fingerprint': 'Fingerprint (SHA-256)',
  'custody.key.verifier': 'Verifier key',
  'custody.key.created': 'Created',
  'custody.key.copy': 'Copy the public key',
  'custody.key.copied': 'Public key copied',

  'custody.verify': 'Verify',
  'custody.verify.what':
    'Reads every record again and compares it with the log, the signatures and the tables. With a checkpoint that was kept elsewhere it also shows that only additions were made since.',
  'custody.verify.since': 'Checkpoint that was kept elsewhere',
  'custody.verify.since.what': 'Optional. Paste the whole text.',
  'custody.verify.do': 'Verify the archive',
  'custody.verify.cancelled': 'The verification was stopped. Nothing was changed.',
  'custody.verify.copy': 'Copy the report',
  'custody.verify.copied': 'Report copied as JSON',

  'custody.others': 'How somebody else checks this',
  'custody.others.package':
    'Every export carries its proofs. VERIFY.txt inside it says how to check them with sha256sum and openssl, without this app and without trusting it.',
  'custody.others.tree':
    'The log is a Merkle tree as in RFC 6962, the checkpoint a signed note as in C2SP tlog-checkpoint, the signature Ed25519: programs for all of these exist elsewhere.',
  'custody.others.key':
    'Compare the fingerprint above with the one in the package by another way than the package itself came, for example on the telephone.',

  'custody.log': 'Who did what',
  'custody.log.kind': 'Kind',
  'custody.log.all': 'All but records',
  'custody.log.none': 'Nothing of this kind has been recorded yet.',
  'custody.log.older': 'Older entries',
  'custody.log.when': 'When',
  'custody.log.entry': 'Entry',
  'custody.log.who': 'Who',
  'custody.log.what': 'What',
  'custody.log.by': '{user} on {host}',
  'custody.log.nobody': 'the source',
  'custody.log.subjects-more': { one: 'and {count} more', other: 'and {count} more' },
  'custody.log.details': 'Details',

  'custody.kind.version': 'Record received',
  'custody.kind.window-verdict': 'Window read',
  'custody.kind.export': 'Export started',
  'custody.kind.export-finished': 'Export finished',
  'custody.kind.export-checkpoint': 'Checkpoint for an export',
  'custody.kind.verified': 'Archive verified',
  'custody.kind.import': 'Files imported',
  'custody.kind.backup': 'Backup made',
  'custody.kind.key-created': 'Signing key created',
  'custody.kind.key-rotated': 'Signing key replaced',
  'custody.kind.certificate': 'Search certified',
  'custody.kind.time-stamp': 'Time stamp imported',
} as const;
