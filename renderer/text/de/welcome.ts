import type { welcomeText } from '../en/welcome.ts';
import type { Translation } from '../text.ts';

export const welcomeDe = {
  'welcome.title': 'Jedes LivePerson-Gespräch aufbewahren',
  'welcome.another': 'Konto verbinden',
  'welcome.lead':
    'LivePerson löscht Gespräche nach 13 Monaten. Dieses Archiv bewahrt sie auf diesem Computer genau so auf, wie sie geliefert wurden, findet alles darin und exportiert Beweise, die andere prüfen können.',
  'welcome.connect': 'Ihr Konto verbinden',
  'welcome.connect.what':
    'Sie brauchen die Kontonummer und die Schlüssel einer in LivePerson installierten Anwendung. Das dauert etwa zwei Minuten.',
  'welcome.connect.do': 'Konto verbinden',
  'welcome.demo': 'Mit Beispieldaten umsehen',
  'welcome.demo.what':
    'Ein nachgestelltes Konto auf diesem Computer, mit erfundenen Gesprächen aus 13 Monaten in mehreren Sprachen. Ohne Schlüssel.',
  'welcome.demo.do': 'Beispiel öffnen',
  'welcome.demo.starting': 'Beispiel startet…',
  'welcome.where': 'Ordner des Archivs',
  'welcome.secrets': 'Schutz der Schlüssel',

  'connect.account': 'Kontonummer',
  'connect.account.where': 'In LivePerson oben rechts unter Ihrem Namen, auch Site ID genannt.',
  'connect.type': 'Art der Schlüssel',
  'connect.oauth2': 'OAuth-2.0-Anwendung',
  'connect.oauth1': 'OAuth-1.0-API-Schlüssel',
  'connect.oauth1.end':
    'LivePerson hat den 31. Mai 2026 als Ende von OAuth 1.0 angekündigt und gibt solche Schlüssel nicht mehr aus. Sie können jederzeit ungültig werden: nutzen Sie wenn möglich eine OAuth-2.0-Anwendung.',
  'connect.client-id': 'Client ID',
  'connect.client-secret': 'Client Secret',
  'connect.consumer-key': 'App Key',
  'connect.consumer-secret': 'App Secret',
  'connect.token': 'Access Token',
  'connect.token-secret': 'Access Token Secret',
  'connect.sources': 'Was archiviert wird',
  'connect.chat': 'Chat (Engagement History API)',
  'connect.messaging': 'Messaging (Messaging Interactions API)',
  'connect.more': 'Weitere Angaben',
  'connect.label': 'Name in dieser App',
  'connect.label.what': 'Zum Beispiel die Marke, wenn Sie mehrere Konten archivieren.',
  'connect.domain': 'Adresse des Service-Verzeichnisses',
  'connect.domain.what': 'Nur wenn ein Proxy oder Gateway zwischen diesem Computer und LivePerson steht.',
  'connect.test': 'Verbindung prüfen',
  'connect.testing': 'Wird geprüft…',

  'keys.title': 'Wo die Schlüssel stehen',
  'keys.oauth2.1': 'Als Administrator in der Conversational Cloud anmelden und Manage › Management Console öffnen.',
  'keys.oauth2.2': 'Nach „Application Install“ suchen, wählen und auf „Proceed to Configure“ klicken.',
  'keys.oauth2.3': 'Auf „Create Application“ klicken und den Grant Type „client_credentials“ wählen.',
  'keys.oauth2.4': 'Die Scopes eintragen, die das Lesen des Verlaufs erlauben:',
  'keys.oauth2.5': 'Speichern. „Edit“ in der Liste der Anwendungen zeigt Client ID und Client Secret.',
  'keys.mi-scope': 'Den Scope von LivePersons Seite kopieren:',
  'keys.mi-page': 'Messaging Interactions API, Overview',
  'keys.oauth1.1':
    'OAuth-1.0-Schlüssel wurden von Administratoren unter API Management angelegt; seit dem 30. September 2025 ist diese Seite nur noch lesbar.',
  'keys.oauth1.2':
    'Die vier Teile eines Schlüssels kopieren, der die Rechte „Engagement History“ und für Messaging „Messaging Interactions“ hat.',
  'keys.terms': 'Für die Nutzung dieser APIs gelten LivePersons Bedingungen:',
  'keys.terms.link': 'API Terms of Use',

  'test.works': 'Konto {account} ist verbunden',
  'test.recent': {
    one: '{count} Gespräch in den letzten sieben Tagen',
    other: '{count} Gespräche in den letzten sieben Tagen',
  },
  'test.next':
    'Als Nächstes wird alles geholt, was LivePerson noch hat: bis zu 13 Monate. Sie können währenddessen suchen.',
  'test.sync': 'Ersten Abgleich beginnen',

  'sync.title': 'Das Archiv füllt sich',
  'sync.done': 'Das Archiv ist gefüllt',
  'sync.failed': 'Der Abgleich blieb stehen',
  'sync.cancelled': 'Der Abgleich wurde angehalten',
  'sync.cancelled.means': 'Was archiviert ist, bleibt. Der nächste Abgleich macht dort weiter.',
  'sync.remaining': 'Noch etwa {duration}',
  'sync.remaining.soon': 'Weniger als eine Minute',
  'sync.remaining.unknown': 'Restzeit noch nicht bekannt',
  'sync.meanwhile':
    'Was schon da ist, lässt sich durchsuchen. Das Fenster zu schließen verliert nichts: der nächste Abgleich macht dort weiter.',
  'sync.search-now': 'Suchen, was da ist',
  'sync.to-search': 'Zur Suche',
  'sync.stop': 'Abgleich anhalten',
} as const satisfies Translation<typeof welcomeText>;
