/** What LivePerson erases, and what becomes of it here. */
export const erasureText = {
  'erasure.policies': 'Erased at LivePerson',
  'erasure.policy': 'Former versions of what LivePerson erases',
  'erasure.policy.account': 'Account {account}',
  'erasure.policy.default': 'As above',
  'erasure.policy.keep': 'Keep',
  'erasure.policy.keep.what':
    'The erased version is shown, the former ones stay in the archive and can be found. Nothing is destroyed.',
  'erasure.policy.ask': 'Ask',
  'erasure.policy.ask.what': 'Each one is listed on the page Custody until somebody purges or keeps it, with a reason.',
  'erasure.policy.purge': 'Purge',
  'erasure.policy.purge.what':
    'Former versions are destroyed at the end of the sync that noticed the erasure. Their place in the custody log stays. Never under a legal hold. This cannot be undone.',

  'erasure.list': 'Erased at LivePerson',
  'erasure.list.what':
    'LivePerson has erased these conversations since they were archived. What they said before is still here. Purging destroys it for good; keeping needs a reason that you can defend.',
  'erasure.noticed': 'Noticed {when}.',
  'erasure.versions': { one: '{count} former version.', other: '{count} former versions.' },
  'erasure.held': 'Under the hold {holds}: it cannot be purged until that is released.',
  'erasure.more': { one: 'and {count} more', other: 'and {count} more' },
  'erasure.remains':
    'Content was destroyed on {when}. Its remains in the files of the archive are removed as soon as nothing else reads them.',
  'erasure.keep': 'Keep',
  'erasure.keep.title': 'Keep the former versions?',
  'erasure.keep.what': 'What {id} said before it was erased at LivePerson stays in this archive, and can be found.',
  'erasure.purge': 'Purge',
  'erasure.purge.title': 'Destroy the former versions?',
  'erasure.purge.what':
    'What {id} said before it was erased at LivePerson is destroyed for good: text, original record and search index. Backups made before still have it.',
  'erasure.reason': 'Reason, for the custody log',
  'erasure.deciding': 'Working. In a large archive this takes some minutes.',
} as const;
