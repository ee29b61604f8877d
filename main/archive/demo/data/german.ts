import type { LanguagePack } from './language-pack.ts';

export const german: LanguagePack = {
  code: 'de-DE',
  name: 'German',
  firstNames: ['Jürgen', 'Anneliese', 'Lukas', 'Sabine', 'Björn', 'Özlem', 'Katharina', 'Günther', 'Mia', 'Felix'],
  lastNames: ['Müller', 'Groß', 'Schäfer', 'Hoffmann', 'Krüger', 'Weiß', 'Yılmaz', 'Baumgärtner', 'Lorenz'],
  places: [
    ['Germany', 'DE', 'Bremen', '+49', 'Europe/Berlin'],
    ['Germany', 'DE', 'München', '+49', 'Europe/Berlin'],
    ['Austria', 'AT', 'Graz', '+43', 'Europe/Vienna'],
    ['Switzerland', 'CH', 'Zürich', '+41', 'Europe/Zurich'],
  ],
  greetings: [
    'Guten Tag, mein Name ist {agent}. Wie kann ich Ihnen helfen?',
    'Hallo {customer}, hier ist {agent} von Acme. Was darf ich für Sie tun?',
    'Grüß Gott und willkommen bei Acme, Sie sprechen mit {agent}.',
  ],
  waiting: [
    'Einen Moment bitte, ich schaue im System nach.',
    'Danke für Ihre Geduld, ich frage kurz im Lager nach.',
    'Ich prüfe das gleich für Sie.',
  ],
  fillers: [
    'ja',
    'in Ordnung',
    'Das habe ich doch schon geschrieben',
    'ok, ich warte',
    'Nein, leider nicht',
    'Wie bitte?',
    'genau',
  ],
  thanks: [
    'Vielen Dank für die schnelle Hilfe!',
    'Super, danke schön 😊',
    'Na gut. Tschüss',
    'Danke, Ihnen auch einen schönen Tag',
  ],
  goodbyes: [
    'Sehr gerne! Ich wünsche Ihnen einen schönen Tag.',
    'Danke für Ihre Geduld und auf Wiedersehen.',
    'Gern geschehen, {customer}. Bleiben Sie gesund!',
  ],
  topics: {
    delivery: {
      ask: [
        'Wo bleibt meine Bestellung {order}? Sie sollte am {date} ankommen.',
        'Das Paket wurde angeblich zugestellt, aber ich habe nichts erhalten',
        'Kann ich die Lieferadresse für {order} noch ändern? Ich ziehe in die Goethestraße um.',
        'Es fehlt die Hälfte meiner Lieferung ({product})',
      ],
      detail: [
        'Ich war den ganzen Tag zu Hause, niemand hat geklingelt.',
        'In der Sendungsverfolgung steht nur „in Zustellung“: {url}',
        'Der Karton war völlig durchnässt.',
      ],
      answer: [
        'Laut Sendungsverfolgung liegt Ihr Paket im Verteilzentrum Hannover.',
        'Die Bestellung wurde auf zwei Pakete aufgeteilt, die zweite Sendungsnummer lautet {ref}.',
        'Könnten Sie mir bitte die Postleitzahl bestätigen?',
      ],
      resolve: [
        'Ich habe eine neue Zustellung für den {date} vereinbart.',
        'Der Nachforschungsauftrag läuft unter {ref}, wir senden Ihnen Ersatz.',
        'Die Expressgebühr von {amount} erstatten wir Ihnen selbstverständlich.',
      ],
    },
    refund: {
      ask: [
        'Ich warte seit drei Wochen auf meine Rückerstattung von {amount}',
        'Wie schicke ich den Artikel {product} zurück?',
        'Ich möchte die Bestellung {order} widerrufen.',
      ],
      detail: [
        'Den Einlieferungsbeleg habe ich noch, Nummer {ref}.',
        'Auf meinem Konto ist nichts eingegangen.',
        'Es war ein Geschenk für meine Großmutter.',
      ],
      answer: [
        'Ihre Rücksendung ist am {date} bei uns eingegangen und wird geprüft.',
        'Die Erstattung dauert in der Regel drei bis fünf Werktage.',
        'Mit welcher Karte haben Sie bezahlt? Bitte nur die letzten vier Ziffern.',
      ],
      resolve: [
        'Ich habe die Erstattung über {amount} soeben freigegeben.',
        'Das Rücksendeetikett ist unterwegs an {email}.',
      ],
    },
    card: {
      ask: [
        'Meine Kreditkarte wurde doppelt belastet, zweimal {amount}!',
        'Bitte sperren Sie sofort meine Karte, ich habe sie verloren',
        'Auf der Abrechnung steht eine Buchung vom {date}, die ich nicht kenne.',
      ],
      detail: [
        'Die Geheimzahl habe ich niemandem gegeben.',
        'Muss ich jetzt Anzeige erstatten?',
        'Der Händler heißt ACM*RETAIL 4481.',
      ],
      answer: [
        'Ihre Karte mit den Endziffern {last4} ist jetzt gesperrt.',
        'Eine der Buchungen ist nur vorgemerkt und verfällt bis {date}.',
        'Bitte schreiben Sie hier niemals die vollständige Kartennummer.',
      ],
      resolve: [
        'Die Reklamation ist unter {ref} erfasst, {amount} wurden vorläufig gutgeschrieben.',
        'Die Ersatzkarte kommt innerhalb von fünf Werktagen.',
      ],
    },
    login: {
      ask: [
        'Ich kann mich nicht mehr anmelden, das Passwort sei ungültig',
        'Seit dem letzten Update stürzt die App ständig ab',
        'Bitte löschen Sie mein Kundenkonto und alle Daten nach DSGVO.',
      ],
      detail: [
        'Den Bestätigungscode bekomme ich nie.',
        'Die Fehlermeldung lautet E-4012.',
        'Meine neue Rufnummer ist {phone}.',
      ],
      answer: [
        'Ich habe Ihnen einen Link an {email} geschickt, er gilt 30 Minuten.',
        'Nennen Sie mir zur Sicherheit bitte Ihr Geburtsdatum.',
        'Das Konto wurde nach fünf Fehlversuchen gesperrt.',
      ],
      resolve: ['Ihr Konto ist wieder freigeschaltet.', 'Die Löschung ist vorgemerkt und dauert bis zu 30 Tage.'],
    },
    product: {
      ask: [
        'Wann ist der Artikel {product} wieder lieferbar?',
        'Mein Gerät ({product}) geht nach zwei Tagen nicht mehr an',
        'Passt das zu meinem alten Modell? {url}',
      ],
      detail: [
        'Die rote Lampe blinkt viermal.',
        'Ich bräuchte es in Größe M und Blau.',
        'Für den Preis hätte ich mehr erwartet.',
      ],
      answer: [
        'Wir erwarten die nächste Lieferung am {date}.',
        'Halten Sie bitte die Einschalttaste zehn Sekunden gedrückt.',
        'Die Gewährleistung beträgt zwei Jahre.',
      ],
      resolve: ['Ich schicke Ihnen ein Ersatzgerät, Vorgang {ref}.', 'Ich habe Sie auf die Warteliste gesetzt.'],
    },
  },
};
