import type { erasureText } from '../en/erasure.ts';
import type { Translation } from '../text.ts';

export const erasureDe = {
  'erasure.policies': 'Bei LivePerson gelöscht',
  'erasure.policy': 'Frühere Fassungen dessen, was LivePerson löscht',
  'erasure.policy.account': 'Konto {account}',
  'erasure.policy.default': 'Wie oben',
  'erasure.policy.keep': 'Behalten',
  'erasure.policy.keep.what':
    'Gezeigt wird die gelöschte Fassung, die früheren bleiben im Archiv und sind auffindbar. Nichts wird vernichtet.',
  'erasure.policy.ask': 'Fragen',
  'erasure.policy.ask.what':
    'Jede wird auf der Seite Verwahrung aufgeführt, bis jemand sie mit Begründung vernichtet oder behält.',
  'erasure.policy.purge': 'Vernichten',
  'erasure.policy.purge.what':
    'Frühere Fassungen werden am Ende des Abgleichs vernichtet, der die Löschung bemerkt hat. Ihr Platz im Verwahrprotokoll bleibt. Nie unter einer Sperre. Das lässt sich nicht rückgängig machen.',

  'erasure.list': 'Bei LivePerson gelöscht',
  'erasure.list.what':
    'LivePerson hat diese Gespräche gelöscht, nachdem sie archiviert waren. Was darin stand, ist noch hier. Vernichten ist endgültig; Behalten braucht einen Grund, den Sie vertreten können.',
  'erasure.noticed': 'Bemerkt {when}.',
  'erasure.versions': { one: '{count} frühere Fassung.', other: '{count} frühere Fassungen.' },
  'erasure.held': 'Unter der Sperre {holds}: nicht zu vernichten, bis sie aufgehoben ist.',
  'erasure.more': { one: 'und {count} weiteres', other: 'und {count} weitere' },
  'erasure.remains':
    'Inhalt wurde am {when} vernichtet. Seine Reste in den Dateien des Archivs werden entfernt, sobald sonst niemand sie liest.',
  'erasure.keep': 'Behalten',
  'erasure.keep.title': 'Frühere Fassungen behalten?',
  'erasure.keep.what':
    'Was {id} enthielt, bevor es bei LivePerson gelöscht wurde, bleibt in diesem Archiv und ist auffindbar.',
  'erasure.purge': 'Vernichten',
  'erasure.purge.title': 'Frühere Fassungen vernichten?',
  'erasure.purge.what':
    'Was {id} enthielt, bevor es bei LivePerson gelöscht wurde, wird endgültig vernichtet: Text, Original und Suchindex. Frühere Sicherungen enthalten es noch.',
  'erasure.reason': 'Grund, für das Verwahrprotokoll',
  'erasure.deciding': 'In Arbeit. In einem großen Archiv dauert das einige Minuten.',
} as const satisfies Translation<typeof erasureText>;
