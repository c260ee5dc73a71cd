/**
 * The schemes that a browser or an operating system handles itself, so that an answer sent there would run as script, open
 * a file, a message or a setting, or come to another program than the client.
 */
const HANDLED_SCHEMES: ReadonlySet<string> = new Set([
  // Run or shown by browsers, those of former days included.
  ...['javascript', 'data', 'blob', 'filesystem', 'file', 'about', 'view-source', 'vbscript', 'livescript', 'mocha'],
  ...['jar', 'resource', 'res', 'mhtml', 'mk', 'its', 'cid', 'mid', 'wyciwyg'],
  // The browsers' own.
  ...['chrome', 'devtools', 'isolated-app', 'externalfile', 'googlechrome', 'googlechromes', 'page-icon', 'firefox'],
  ...['firefox-focus', 'edge', 'extension', 'read', 'brave', 'opera', 'opera-extension', 'vivaldi', 'webkit'],
  ...['webkit-extension', 'safari-extension', 'safari-web-extension', 'applewebdata'],
  // Of other protocols, opened by whichever program the system has for them.
  ...['ws', 'wss', 'ftp', 'ftps', 'sftp', 'ssh', 'telnet', 'rlogin', 'tn3270', 'gopher', 'nfs', 'smb', 'afp', 'ldap'],
  ...['ldaps', 'dav', 'davs', 'webdav', 'rtsp', 'mms', 'news', 'nntp', 'snews', 'irc', 'ircs', 'vnc', 'rdp', 'magnet'],
  ...['mailto', 'tel', 'telprompt', 'sms', 'smsto', 'mmsto', 'callto', 'sip', 'sips', 'xmpp', 'facetime', 'wtai'],
  ...['facetime-audio', 'feed', 'feeds', 'webcal', 'pcast', 'geo', 'urn', 'otpauth', 'otpauth-migration', 'fido'],
  // The systems' own.
  ...[
    'intent',
    'content',
    'android-app',
    'android.resource',
    'package',
    'market',
    'shell',
    'search',
    'hcp',
    'bingmaps',
  ],
  ...['windowsdefender', 'itms', 'itmss', 'itms-apps', 'itms-appss', 'itms-books', 'itms-beta', 'itms-services'],
  ...['macappstore', 'maps', 'message', 'prefs', 'app-prefs', 'app-settings', 'shortcuts', 'workflow', 'calshow'],
  ...['photos-redirect', 'applescript', 'addressbook', 'help', 'man', 'x-man-page', 'apt', 'snap', 'appstream'],
]);

/**
 * Whole families of schemes: of Windows and Office (`ms-word`), of browsers (`chrome-extension`), of Apple's systems
 * (`x-apple-calevent`), and those that a web site may register for itself (`web+notes`).
 */
const HANDLED_FAMILIES = /^(?:ms-|search-ms$|chrome-|moz-|microsoft-edge|x-apple|web\+|ext\+)/;

/** True for a scheme that a browser or an operating system handles itself, in whatever case. */
export function isHandledScheme(scheme: string): boolean {
  const lower = scheme.toLowerCase();
  return HANDLED_SCHEMES.has(lower) || HANDLED_FAMILIES.test(lower);
}
