// The scripts that hook `dsc complete` into shells. None of them evaluates what was typed: pressing Tab must run and
// overwrite nothing, whatever stands on the line.

/** A script for each shell, to be sourced. */
export const SCRIPTS = {
  bash: `# bash completion for dsc
_dsc() {
  local candidate description
  COMPREPLY=()
  while IFS=$'\\t' read -r candidate description; do
    COMPREPLY+=("$candidate")
  done < <(dsc complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _dsc dsc
`,

  zsh: `#compdef dsc
# zsh completion for dsc
_dsc() {
  local -a candidates
  candidates=("\${(@f)$(dsc complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  candidates=("\${(@)candidates//$'\\t'/:}")
  _describe dsc candidates
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _dsc "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _dsc dsc
fi
`,

  fish: `# fish completion for dsc
complete -c dsc -f -a '(dsc complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
} as const;
