import { CommuniqueError } from '../../error.ts'
import type { Flags } from '../command.ts'
import { type Candidate, candidates, SHELLS } from '../completion.ts'
import type { Terminal } from '../terminal.ts'

/** Without words the script of a shell; with words, as that script calls it, what may stand in the place of the last of them. */
export async function run([shell, ...words]: readonly (string | undefined)[], _flags: Flags, { out }: Terminal): Promise<number> {
  const known = SHELLS.find(name => name === shell)
  if (known === undefined)
    throw new CommuniqueError('unknown-shell', {
      what: `there is no completion for "${shell}"`,
      mend: `there is one for ${SHELLS.join(', ')}`,
    })
  const typed = words.map(word => word ?? '')
  if (typed.length === 0) out(SCRIPTS[known])
  else for (const line of await (known === 'bash' ? bashLines(typed) : described(typed))) out(line)
  return 0
}

/** A candidate a line, with what it is after a tab. */
async function described(words: readonly string[]): Promise<string[]> {
  return (await plainCandidates(words)).map(([word, text]) => (text ? `${word}\t${text.replace(/\s+/g, ' ')}` : word))
}

/** What is to stand in the place of the last word as bash sees it: it breaks words at `=` and `:`. */
async function bashLines(words: readonly string[]): Promise<string[]> {
  const isBreak = (word: string | undefined): boolean => word === '=' || word === ':'
  const whole: string[] = []
  for (const [index, word] of words.entries()) {
    if (index > 0 && (isBreak(word) || isBreak(words[index - 1]))) whole.push(`${whole.pop()}${word}`)
    else whole.push(word)
  }
  const [last, typed] = [whole.at(-1)!, isBreak(words.at(-1)) ? '' : words.at(-1)!]
  return (await plainCandidates(whole)).flatMap(([word]) => {
    if (word.startsWith('<')) return word
    return word.startsWith(last) && word !== last ? word.slice(last.length - typed.length) : []
  })
}

/** What a shell would take apart or obey is not offered: names come from files of a project. */
async function plainCandidates(words: readonly string[]): Promise<Candidate[]> {
  return (await candidates(words)).filter(([word]) => /^(<\w+>|[\p{L}\p{N}\p{M}._=/-]+)$/u.test(word))
}

const SCRIPTS = {
  bash: `\
# TAB completes communique in bash. In ~/.bashrc: source <(communique completion bash)
_communique() {
  local IFS=$'\\n' found
  found=$("$1" completion bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  COMPREPLY=()
  case $found in
    '<files>') compopt -o default 2>/dev/null ;;
    '<folders>') compopt -o dirnames 2>/dev/null ;;
    *) COMPREPLY=($found) ;;
  esac
  [[ $found == *= ]] && compopt -o nospace 2>/dev/null
}
complete -F _communique communique`,
  zsh: `\
#compdef communique
# TAB completes communique in zsh. In ~/.zshrc: source <(communique completion zsh)
_communique() {
  local -a found suffix
  found=("\${(@f)$("\${(Q)words[1]}" completion zsh -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  [[ $PREFIX == --*=* && $found[1] == '<'* ]] && compset -P '*='
  case $found[1] in
    '') return 1 ;;
    '<files>') _files ;;
    '<folders>') _files -/ ;;
    *)
      [[ \${found[1]%%$'\\t'*} == *= ]] && suffix=(-S '')
      found=("\${(@)found/$'\\t'/:}")
      _describe communique found "\${(@)suffix}"
      ;;
  esac
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
if [[ $funcstack[1] == _communique ]]; then _communique "$@"; else compdef _communique communique; fi`,
  fish: `\
# TAB completes communique in fish. In ~/.config/fish/config.fish: communique completion fish | source
function __communique
    set -l words (commandline -opc)
    set -l last (commandline -ct)
    set -l found ($words[1] completion fish -- $words[2..-1] "$last" 2>/dev/null)
    switch "$found[1]"
        case '<files>'
            __fish_complete_path "$last"
        case '<folders>'
            __fish_complete_directories "$last"
        case '*'
            printf '%s\\n' $found
    end
end
complete -c communique -e
complete -c communique -f -a '(__communique)'`,
}
