import { failed, timedOut, Unknown } from '../../core/unknown.ts';
import { mib, seconds } from '../local/limits.ts';
import { lacking, reasonOf } from './reason.ts';
import { runForBytes } from './run.ts';
import type { Shell } from './shell.ts';

/** What is said over a socket, and until when it is listened to. */
export interface Talk {
  by: 'tcp' | 'udp' | 'unix';
  host: string;
  /** A port, or the path of a socket. */
  at: string;
  /** Bytes, or the path of a file whose bytes are sent in hexadecimal. */
  send: readonly (Buffer | { hex_of: string })[];
  /** Over TCP: what ends the answer; empty where being let in is all. Over UDP: what the answer begins with. */
  until: Buffer;
  ms: number;
  bytes: number;
}

/** Says what came, with what was waited for at its end. */
export async function talk(shell: Shell, what: Talk): Promise<Buffer | Unknown> {
  const tools = await shell.tools();
  if (tools instanceof Unknown) return tools;
  if (tools.programs.has('perl')) return talkByPerl(shell, what);
  const bare = what.by === 'tcp' && what.send.length === 0 && what.until.length === 0;
  return bare && tools.programs.has('bash') ? connected(shell, what) : lacking(bare ? 'perl or bash' : 'perl');
}

async function talkByPerl(shell: Shell, { by, host, at, send, until, ms, bytes }: Talk): Promise<Buffer | Unknown> {
  const pieces = send.map((piece) => (Buffer.isBuffer(piece) ? `=${piece.toString('hex')}` : piece.hex_of));
  const words = ['-e', PERL, by, host, at, until.toString('hex'), String(bytes), ...pieces];
  const ran = await runForBytes(shell, 'perl', words, { ms, bytes: bytes + 1024 });
  if (ran instanceof Unknown) return ran.kind === 'timeout' ? timedOut(`no answer within ${seconds(ms)}`) : ran;
  return ran.exit === 0 ? ran.stdout : failureIn(ran.stderr, bytes);
}

/** Whether one is let in, by the one shell that knows how to connect. Its program is a constant; where to is a word. */
async function connected(shell: Shell, { host, at, ms, bytes }: Talk): Promise<Buffer | Unknown> {
  const ran = await runForBytes(shell, 'bash', ['-c', 'exec 7<>"/dev/tcp/$1/$2"', 'bash', host, at], { ms, bytes });
  if (ran instanceof Unknown) return ran.kind === 'timeout' ? timedOut(`no answer within ${seconds(ms)}`) : ran;
  return ran.exit === 0 ? ran.stdout : failureIn(ran.stderr.split('\n')[0] ?? '', bytes);
}

function failureIn(errors: string, bytes: number): Unknown {
  const text = errors.trim();
  if (/Name or service not known|No address associated|Temporary failure in name|Name does not resolve/.test(text))
    return failed('no host has this name');
  if (/^CLOSED$/.test(text)) return failed('the connection was closed before the whole answer came');
  if (text === 'TOO MUCH') return failed(`more than ${mib(bytes)} without the end that was waited for`);
  const [, path] = /^NO KEY (.*)$/s.exec(text) ?? [];
  return path === undefined ? reasonOf(text) : failed(`${path} is no file of at most 64 bytes`);
}

/** Perl is on nearly every host, for its distributions are made with it. Only its core is asked for. */
const PERL = `
use strict; use Socket qw(:DEFAULT getaddrinfo SOCK_STREAM SOCK_DGRAM);
my ($by, $host, $at, $until, $most, @send) = @ARGV;
$until = pack('H*', $until);
my $out = join '', map {
  if (/^=/) { pack('H*', substr($_, 1)) } else {
    my $path = $_; my @facts = stat($path) or die "$!\\n";
    die "NO KEY $path\\n" unless -f _ && $facts[7] <= 64;
    open(my $file, '<:raw', $path) or die "$!\\n"; local $/; my $bytes = <$file>; unpack('H*', $bytes);
  }
} @send;
my $s;
if ($by eq 'unix') {
  socket($s, AF_UNIX, SOCK_STREAM, 0) && connect($s, sockaddr_un($at)) or die "$!\\n";
} else {
  my $type = $by eq 'udp' ? SOCK_DGRAM : SOCK_STREAM;
  my ($error, @found) = getaddrinfo($host, $at, {socktype => $type});
  die "$error\\n" if $error; my $why = 'Name or service not known'; my $open = 0;
  for my $to (@found) {
    if (socket($s, $to->{family}, $to->{socktype}, $to->{protocol}) && connect($s, $to->{addr})) { $open = 1; last } $why = "$!";
  }
  die "$why\\n" unless $open;
}
binmode STDOUT; $SIG{PIPE} = 'IGNORE';
if ($out ne '') { my $n = 0; while ($n < length $out) { my $w = syswrite($s, $out, length($out) - $n, $n); die "$!\\n" unless defined $w; $n += $w } }
if ($by eq 'udp') {
  while (1) { my $got; defined recv($s, $got, 65535, 0) or die "$!\\n"; if (substr($got, 0, length $until) eq $until) { print $got; exit 0 } }
}
exit 0 if $until eq '';
my $in = '';
while (1) {
  my $before = length $in; my $n = sysread($s, $in, 65536, $before);
  die "$!\\n" unless defined $n; die "CLOSED\\n" if $n == 0;
  my $from = $before - length($until); my $found = index($in, $until, $from < 0 ? 0 : $from);
  if ($found >= 0) { print substr($in, 0, $found + length $until); exit 0 }
  die "TOO MUCH\\n" if length($in) > $most;
}
`;
