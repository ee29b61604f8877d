import type { LanguagePack } from './language-pack.ts';

export const french: LanguagePack = {
  code: 'fr-FR',
  name: 'French',
  firstNames: ['Éloïse', 'François', 'Anaïs', 'Jérôme', 'Zoé', 'Benoît', 'Fatou', 'Hélène', 'Noël'],
  lastNames: ['Lefèvre', 'Dubois', 'Garçon', 'Moreau', 'Diallo', 'Pâris', 'Rousseau', 'D’Angelo'],
  places: [
    ['France', 'FR', 'Lyon', '+33', 'Europe/Paris'],
    ['France', 'FR', 'Nantes', '+33', 'Europe/Paris'],
    ['Belgium', 'BE', 'Liège', '+32', 'Europe/Brussels'],
    ['Canada', 'CA', 'Montréal', '+1', 'America/Toronto'],
  ],
  greetings: [
    'Bonjour {customer}, je suis {agent}. Comment puis-je vous aider ?',
    'Bonjour et bienvenue chez Acme, {agent} à votre écoute.',
    'Merci d’avoir patienté, je m’appelle {agent}.',
  ],
  waiting: [
    'Un instant, je vérifie dans notre système.',
    'Merci de patienter, je contacte l’entrepôt.',
    'Je regarde votre dossier tout de suite.',
  ],
  fillers: ['d’accord', 'oui c’est ça', 'Je l’ai déjà expliqué hier', 'non, pas du tout', 'très bien', 'ah bon ?'],
  thanks: [
    'Merci beaucoup pour votre aide !',
    'Parfait, merci 🙏',
    'Bon, merci quand même.',
    'Merci, bonne journée à vous aussi',
  ],
  goodbyes: [
    'Je vous en prie, bonne journée !',
    'Merci de votre confiance et à bientôt.',
    'N’hésitez pas à revenir vers nous, {customer}.',
  ],
  topics: {
    delivery: {
      ask: [
        'Où est ma commande {order} ? Elle devait arriver le {date}.',
        'Le colis est indiqué livré mais je n’ai rien reçu',
        'Il manque un article dans ma commande : {product}',
        'Puis-je changer l’adresse de livraison de {order} ?',
      ],
      detail: [
        'J’étais chez moi toute la journée, personne n’a sonné.',
        'C’est un cadeau, il me le faut avant le {date}.',
        'Le suivi n’avance plus : {url}',
      ],
      answer: [
        'Votre colis se trouve au dépôt de Villeurbanne.',
        'La commande est partie en deux colis, le second porte le numéro {ref}.',
        'Pouvez-vous me confirmer le code postal ?',
      ],
      resolve: [
        'J’ai programmé une nouvelle livraison le {date}.',
        'Une réclamation est ouverte sous le numéro {ref} et un remplacement part aujourd’hui.',
      ],
    },
    refund: {
      ask: [
        'J’attends toujours mon remboursement de {amount}',
        'Comment retourner l’article {product} ?',
        'Je souhaite annuler ma commande {order} immédiatement',
      ],
      detail: [
        'J’ai gardé la preuve de dépôt, numéro {ref}.',
        'Ma banque n’a rien reçu.',
        'L’étiquette de retour ne s’imprime pas.',
      ],
      answer: [
        'Votre retour nous est parvenu le {date}, il est en cours de contrôle.',
        'Comptez trois à cinq jours ouvrés pour le remboursement.',
        'Avec quelle carte avez-vous payé ? Les quatre derniers chiffres suffisent.',
      ],
      resolve: [
        'Je viens de valider le remboursement de {amount}.',
        'L’étiquette est envoyée à {email}.',
        'La commande est annulée, rien ne sera débité.',
      ],
    },
    card: {
      ask: [
        'Ma carte a été débitée deux fois de {amount} !',
        'J’ai perdu ma carte, il faut la bloquer tout de suite',
        'Il y a un paiement du {date} que je ne reconnais pas',
      ],
      detail: [
        'Je n’ai jamais communiqué mon code.',
        'Le commerçant s’appelle ACM*RETAIL 4481.',
        'Dois-je porter plainte ?',
      ],
      answer: [
        'Votre carte se terminant par {last4} est bloquée.',
        'L’un des deux débits n’est qu’une autorisation qui sera levée le {date}.',
        'Par sécurité, n’écrivez jamais le numéro complet ici.',
      ],
      resolve: [
        'La contestation est enregistrée sous {ref}, {amount} vous sont crédités provisoirement.',
        'Votre nouvelle carte arrivera sous cinq jours.',
      ],
    },
    login: {
      ask: [
        'Impossible de me connecter, le mot de passe est refusé',
        'L’application se ferme toute seule depuis la mise à jour',
        'Supprimez mon compte et mes données, s’il vous plaît',
      ],
      detail: [
        'Je ne reçois jamais le code au {phone}.',
        'Le message affiche « E-4012 ».',
        'Ça marche sur l’ordinateur mais pas sur le téléphone.',
      ],
      answer: [
        'Un lien a été envoyé à {email}, valable trente minutes.',
        'Pouvez-vous me donner votre date de naissance pour vérification ?',
        'Le compte s’est verrouillé après cinq essais.',
      ],
      resolve: ['Votre compte est déverrouillé.', 'Votre demande de suppression est enregistrée.'],
    },
    product: {
      ask: [
        'Quand l’article {product} sera-t-il de nouveau disponible ?',
        'Mon appareil ({product}) est tombé en panne au bout de deux jours',
        'Quelle est la durée de la garantie ?',
      ],
      detail: [
        'Le voyant rouge clignote quatre fois.',
        'Il me le faudrait en bleu, taille M.',
        'C’est pour l’anniversaire de mon père.',
      ],
      answer: [
        'La prochaine livraison est attendue le {date}.',
        'Appuyez dix secondes sur le bouton, le voyant devient-il vert ?',
        'La garantie est de deux ans.',
      ],
      resolve: [
        'Je vous envoie un appareil de remplacement, dossier {ref}.',
        'Je vous ai ajouté à la liste d’attente.',
      ],
    },
  },
};
