import type { warningsText } from '../en/warnings.ts';
import type { Translation } from '../text.ts';

export const warningsDe = {
  'warnings.title': 'Braucht Ihre Aufmerksamkeit',
  'warnings.open': { one: '{count} Hinweis', other: '{count} Hinweise' },
  'warnings.count': { one: '{count} Hinweis', other: '{count} Hinweise' },
  'warnings.closing': {
    one: '{source} von {account}: {count} Tag geht bald verloren',
    other: '{source} von {account}: {count} Tage gehen bald verloren',
  },
  'warnings.closing.do': 'LivePerson löscht sie innerhalb eines Monats. Abgleichen, solange es sie noch hat.',
  'warnings.closing.which': 'Welche Tage',
  'warnings.failing': '{source} von {account}: seit {when} kam kein Abgleich durch',
  'warnings.failing.always': '{source} von {account}: noch kein Abgleich kam durch',
  'warnings.failing.do':
    'Was archiviert ist, bleibt. Noch einmal abgleichen; schlägt es wieder fehl, das Konto prüfen.',
  'warnings.failing.test': 'In den Einstellungen prüfen',
  'warnings.news': { one: '{name}: {count} neuer Treffer', other: '{name}: {count} neue Treffer' },
  'warnings.news.show': 'Suche zeigen',
  'warnings.news.seen': 'Als gesehen merken',

  'statement.copy.json': 'Als JSON kopieren',
  'statement.copy.csv': 'Als CSV kopieren',
} as const satisfies Translation<typeof warningsText>;
