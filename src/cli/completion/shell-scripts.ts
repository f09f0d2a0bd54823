/** Shells that can complete the words of ward. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

const BASH = String.raw`# Completion of ward for bash. Use: source <(ward completion bash)
_ward() {
  local word about current="${'$'}{COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  while IFS=$'\t' read -r word about; do
    case "$word" in
      :files | :folders)
        compopt -o filenames 2>/dev/null
        [[ $current == '=' ]] && current=''
        local kind=-f
        [[ $word == :folders ]] && kind=-d
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen $kind -- "$current")
        ;;
      *) COMPREPLY+=("$word") ;;
    esac
  done < <("${'$'}{1/#\~/$HOME}" complete -- "${'$'}{COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _ward ward
`;

const ZSH = String.raw`#compdef ward
# Completion of ward for zsh. Use: source <(ward completion zsh), or keep it as _ward in a folder of $fpath.
_ward() {
  local word about
  local -a found
  while IFS=$'\t' read -r word about; do
    case "$word" in
      :files) _files ;;
      :folders) _files -/ ;;
      *) found+=("${'$'}{word//:/\\:}:$about") ;;
    esac
  done < <(command "${'$'}{(Q)words[1]}" complete -- "${'$'}{(@Q)words[2,CURRENT]}" 2>/dev/null)
  (( $#found )) && _describe -V ward found
}
if [[ "$funcstack[1]" == _ward ]]; then
  _ward "$@"
else
  compdef _ward ward
fi
`;

const FISH = String.raw`# Completion of ward for fish. Use: ward completion fish | source
function __ward_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    for line in (command $program complete -- $words "$current" 2>/dev/null)
        switch $line
            case ':files*'
                __fish_complete_path (string replace -r '^--[\w-]+=' '' -- $current)
            case ':folders*'
                __fish_complete_directories (string replace -r '^--[\w-]+=' '' -- $current)
            case '*'
                echo $line
        end
    end
end
complete -c ward -f -k -a '(__ward_complete)'
`;

/** What each shell reads. Each hands the line's words to `ward complete` and offers what that prints. */
export const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
