/** A key by its name, such as `down` or `ctrl-c`, or the letter itself. */
export type Key = string;

/** Turns what a terminal sends into keys. What is no key, such as its answers to questions, goes to `answered`. */
export interface KeyDecoder {
  feed(text: string): Key[];
  /** Whether an ESC waits for what may follow it. */
  readonly waits: boolean;
  /** The ESC that waited was the key. */
  flush(): Key[];
}

const SEQUENCES: Readonly<Record<string, Key>> = {
  ...{ A: 'up', B: 'down', C: 'right', D: 'left', H: 'home', F: 'end', Z: 'shift-tab' },
  ...{ '1~': 'home', '4~': 'end', '5~': 'page-up', '6~': 'page-down', '7~': 'home', '8~': 'end', '3~': 'delete' },
};

const CONTROLS: Readonly<Record<string, Key>> = {
  ...{ '\r': 'enter', '\n': 'enter', '\t': 'tab', '\x7f': 'backspace', '\b': 'backspace', ' ': 'space' },
  ...{ '\x03': 'ctrl-c', '\x1a': 'ctrl-z', '\x0c': 'ctrl-l', '\x04': 'ctrl-d', '\x15': 'ctrl-u' },
};

/** An ESC with what belongs to it: CSI, SS3, or a string such as OSC that ends in BEL or ST. */
const WHOLE = /^\x1b(?:\[[0-9;?<>]*[ -/]*[@-~]|O[@-~]|[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\))/;
/** A string of a terminal that is longer than this is no answer to us. */
const LONGEST = 256;
const BEGUN = /^\x1b(?:$|\[[0-9;?<>]*[ -/]*$|O$|[\]P^_X][^\x07\x1b]*(?:\x1b)?$)/;

/** Keeps what came in the middle of a sequence until the rest is there. */
export function keyDecoder(answered: (answer: string) => void): KeyDecoder {
  let held = '';
  const next = (): Key | null => {
    if (held.startsWith('\x1b')) return sequence();
    const [letter = ''] = held;
    held = held.slice(letter.length);
    return CONTROLS[letter] ?? (letter < ' ' ? null : letter);
  };
  const sequence = (): Key | null => {
    const [whole] = WHOLE.exec(held) ?? [];
    if (whole === undefined) {
      held = held.slice(1);
      return 'escape';
    }
    held = held.slice(whole.length);
    if (/^\x1b[[O]/.test(whole)) return SEQUENCES[whole.slice(2)] ?? null;
    answered(whole);
    return null;
  };
  const taken = (all: boolean): Key[] => {
    const keys: Key[] = [];
    while (held !== '' && (all || held.length > LONGEST || !BEGUN.test(held))) {
      const key = next();
      if (key !== null) keys.push(key);
    }
    return keys;
  };
  return {
    feed(text) {
      held += text;
      return taken(false);
    },
    get waits() {
      return held !== '';
    },
    flush: () => taken(true),
  };
}
