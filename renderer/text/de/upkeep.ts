import type { upkeepText } from '../en/upkeep.ts';
import type { Translation } from '../text.ts';

export const upkeepDe = {
  'managed.schedule': 'Ihre Verwaltung hat festgelegt, wann dieses Archiv abgleicht.',
  'managed.format': 'Ihre Verwaltung erlaubt keine Exporte in diesem Format',
  'schedule.interval': 'Von selbst abgleichen',
  'schedule.interval.what': 'Nur während die App läuft.',
  'schedule.never': 'Nie nach der Uhr',
  'schedule.minutes': { one: 'Jede Minute', other: 'Alle {count} Minuten' },
  'schedule.hours': { one: 'Jede Stunde', other: 'Alle {count} Stunden' },
  'schedule.days': { one: 'Jeden Tag', other: 'Alle {count} Tage' },
  'schedule.also': 'Außerdem',
  'schedule.on-start': 'Wenn die App startet',
  'schedule.on-resume': 'Wenn der Computer aufwacht',
  'schedule.on-resume.unknown': 'Die Browserfassung erfährt nicht, wann der Computer aufwacht; die Desktop-App schon.',
  'schedule.only': 'Nur solange',
  'schedule.only-ac': 'der Computer am Netz hängt',
  'schedule.only-ac.unknown': 'Die Browserfassung erfährt das nicht; sie gleicht auf jeden Fall ab.',
  'schedule.only-unmetered': 'das Netz nicht nach Verbrauch abgerechnet wird',
  'schedule.only-unmetered.unknown':
    'Dieser Computer sagt nicht, welche Netze nach Verbrauch abgerechnet werden; er gleicht auf jeden Fall ab.',
  'schedule.next': 'Als Nächstes nach der Uhr',
  'schedule.next.at': '{when}',
  'schedule.next.now': 'Jetzt, sobald nichts anderes im Weg steht',
  'schedule.next.after-failure': 'Später als sonst, weil der letzte Abgleich fehlschlug',
  'schedule.next.none': 'Nicht nach der Uhr',
  'schedule.accounts': 'Konten',
  'schedule.paused': 'angehalten: der Zeitplan lässt es in Ruhe',
  'schedule.active': 'wird vom Zeitplan abgeglichen',

  'import.files': 'Dateien',
  'import.files.what':
    'Volle Pfade, einer je Zeile: gespeicherte Antwortseiten, Listen von Datensätzen oder NDJSON einer der beiden LivePerson-APIs. Jeder Datensatz wird geprüft, als wäre er gerade geholt worden.',
  'import.do': { one: '{count} Datei einlesen', other: '{count} Dateien einlesen' },
  'import.none': 'Dateien einlesen',
  'import.done': {
    one: '{count} Datensatz gelesen: {added} hinzugefügt, {changed} geändert, {unchanged} unverändert',
    other: '{count} Datensätze gelesen: {added} hinzugefügt, {changed} geändert, {unchanged} unverändert',
  },
  'import.rejected': { one: '{count} Datensatz abgelehnt', other: '{count} Datensätze abgelehnt' },
  'import.rejected.rest': 'Alle anderen wurden eingelesen.',
  'import.position': 'Datensatz {position}',
  'import.more': { one: 'und {count} weiterer', other: 'und {count} weitere' },
  'import.cancelled':
    'Das Einlesen wurde abgebrochen. Was vorher eingelesen war, bleibt; die Dateien noch einmal einzulesen ist unbedenklich.',

  'backup.file': 'Sicherungsdatei',
  'backup.file.what':
    'Eine Datei mit dem ganzen Archiv, ohne die Schlüssel der Konten. Das Archiv bleibt währenddessen in Gebrauch.',
  'backup.overwrite': 'Eine Datei dieses Namens ersetzen',
  'backup.do': 'Archiv sichern',
  'backup.done': 'Gesichert und geprüft',
  'backup.path': 'Datei',
  'backup.size': 'Größe',
  'backup.sha256': 'SHA-256',
  'backup.copy': 'SHA-256 kopieren',
  'backup.copied': 'SHA-256 kopiert.',
  'backup.cancelled': 'Die Sicherung wurde abgebrochen. Keine Datei blieb zurück.',
} as const satisfies Translation<typeof upkeepText>;
