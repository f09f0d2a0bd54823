/** Environment variables that a person may set, with what they do. */
export const VARIABLES: readonly (readonly [name: string, meaning: string])[] = [
  ['WARD_CONFIG', 'the inventory, where --config names none'],
  ['WARD_STATE_DIR', 'where ward keeps what it was told to trust, in place of ~/.local/state/wardround'],
  ['WARD_PAGER, PAGER', 'what shows long output on a terminal; less -FRX if neither is set, none if empty or cat'],
  ['NO_COLOR, FORCE_COLOR', 'no colours, or colours also where the output is no terminal'],
  ['WARD_ASCII', 'signs and letters of ASCII only'],
  ['WARD_THEME', 'dark or light: the background that the live screen is drawn for'],
  ['WARD_AI_KEY, OPENROUTER_API_KEY', 'the key of the endpoint that inspect --ai asks'],
  ['WARD_DEBUG', '1 says where in ward a fault lies'],
  ['XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_RUNTIME_DIR', 'where the folders of configuration, state and sockets lie'],
];

/** Files that ward reads or keeps. */
export const FILES: readonly (readonly [name: string, meaning: string])[] = [
  [
    'nodes.yaml, scripts/remote-nodes.conf, scripts/nodes.conf',
    'the inventory, in the folder where ward runs; the first that is there is taken',
  ],
  ['~/.config/wardround/nodes.yaml, /etc/wardround/nodes.yaml', 'the inventory, where the folder has none'],
  ['~/.ssh/config', 'how ssh reaches machines; ward uses it as it is'],
  ['~/.local/state/wardround/known_hosts', 'host keys that ward was told to trust'],
  ['/etc/wardround/node.yaml', "a machine's own file"],
];
