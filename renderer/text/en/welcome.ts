export const welcomeText = {
  'welcome.title': 'Keep every LivePerson conversation',
  'welcome.another': 'Connect an account',
  'welcome.lead':
    'LivePerson deletes conversations after 13 months. This archive keeps them on this computer exactly as they were sent, finds anything in them, and exports evidence that others can check.',
  'welcome.connect': 'Connect your account',
  'welcome.connect.what':
    'You need the account number and the keys of an application installed in LivePerson. It takes about two minutes.',
  'welcome.connect.do': 'Connect an account',
  'welcome.demo': 'Look around with demo data',
  'welcome.demo.what':
    'A simulated account on this computer, with invented conversations of 13 months in several languages. No keys needed.',
  'welcome.demo.do': 'Open the demo',
  'welcome.demo.starting': 'Starting the demo…',
  'welcome.where': 'Archive folder',
  'welcome.secrets': 'Protection of keys',

  'connect.account': 'Account number',
  'connect.account.where': 'In LivePerson at the top right under your name, also called site ID.',
  'connect.type': 'Kind of keys',
  'connect.oauth2': 'OAuth 2.0 application',
  'connect.oauth1': 'OAuth 1.0 API key',
  'connect.oauth1.end':
    'LivePerson announced 31 May 2026 as the end of OAuth 1.0 and no longer issues such keys. They may stop working at any time: use an OAuth 2.0 application if you can.',
  'connect.client-id': 'Client ID',
  'connect.client-secret': 'Client secret',
  'connect.consumer-key': 'App key',
  'connect.consumer-secret': 'App secret',
  'connect.token': 'Access token',
  'connect.token-secret': 'Access token secret',
  'connect.sources': 'What to archive',
  'connect.chat': 'Chat (Engagement History API)',
  'connect.messaging': 'Messaging (Messaging Interactions API)',
  'connect.more': 'More options',
  'connect.label': 'Name in this app',
  'connect.label.what': 'For example the brand, when you archive several accounts.',
  'connect.domain': 'Service discovery address',
  'connect.domain.what': 'Only when a proxy or gateway stands between this computer and LivePerson.',
  'connect.test': 'Test the connection',
  'connect.testing': 'Testing…',

  'keys.title': 'Where to find the keys',
  'keys.oauth2.1': 'Sign in to Conversational Cloud as an administrator and open Manage › Management Console.',
  'keys.oauth2.2': 'Search for “Application Install”, select it and click “Proceed to Configure”.',
  'keys.oauth2.3': 'Click “Create Application” and choose the grant type “client_credentials”.',
  'keys.oauth2.4': 'Enter the scopes that allow reading history:',
  'keys.oauth2.5': 'Save. “Edit” in the list of applications shows the client ID and the client secret.',
  'keys.mi-scope': 'Copy the scope from LivePerson’s page:',
  'keys.mi-page': 'Messaging Interactions API, Overview',
  'keys.oauth1.1':
    'OAuth 1.0 keys were made by an administrator under API management; since 30 September 2025 that page is read-only.',
  'keys.oauth1.2':
    'Copy the four parts of a key that has the permissions “Engagement History” and, for messaging, “Messaging Interactions”.',
  'keys.terms': 'Your use of these APIs is governed by LivePerson’s terms:',
  'keys.terms.link': 'API terms of use',

  'test.works': 'Account {account} is connected',
  'test.recent': {
    one: '{count} conversation in the last seven days',
    other: '{count} conversations in the last seven days',
  },
  'test.next':
    'Next, everything that LivePerson still has is fetched: up to 13 months. You can search while that runs.',
  'test.sync': 'Start the first sync',

  'sync.title': 'Filling the archive',
  'sync.done': 'The archive is filled',
  'sync.failed': 'The sync stopped',
  'sync.cancelled': 'The sync was stopped',
  'sync.cancelled.means': 'What was archived stays. The next sync goes on where this one stopped.',
  'sync.remaining': 'About {duration} left',
  'sync.remaining.soon': 'Less than a minute left',
  'sync.remaining.unknown': 'Time left not known yet',
  'sync.meanwhile':
    'You can search what has arrived already. Closing the window loses nothing: the next sync goes on from there.',
  'sync.search-now': 'Search what is there',
  'sync.to-search': 'Go to search',
  'sync.stop': 'Stop the sync',
} as const;
