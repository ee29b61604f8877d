export const warningsText = {
  'warnings.title': 'Needs your attention',
  'warnings.open': { one: '{count} notice', other: '{count} notices' },
  'warnings.count': { one: '{count} notice', other: '{count} notices' },
  'warnings.closing': {
    one: '{source} of {account}: {count} day is about to be lost',
    other: '{source} of {account}: {count} days are about to be lost',
  },
  'warnings.closing.do': 'LivePerson deletes them within a month. Sync while it still has them.',
  'warnings.closing.which': 'Which days',
  'warnings.failing': '{source} of {account}: no sync got through since {when}',
  'warnings.failing.always': '{source} of {account}: no sync has got through yet',
  'warnings.failing.do': 'What was archived stays. Sync again; if it fails again, test the account.',
  'warnings.failing.test': 'Test in Settings',
  'warnings.news': { one: '{name}: {count} new hit', other: '{name}: {count} new hits' },
  'warnings.news.show': 'Show the search',
  'warnings.news.seen': 'Mark as seen',

  'statement.copy.json': 'Copy as JSON',
  'statement.copy.csv': 'Copy as CSV',
} as const;
