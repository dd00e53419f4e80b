#compdef ogpcase
# Completion of ogpcase for zsh: source <(ogpcase completion zsh), after compinit; or this file as _ogpcase in $fpath.
# What ogpcase offers are plain words; they are handed to compadd as they are, and never evaluated.
_ogpcase() {
  local line
  local -a found begun
  while IFS= read -r line; do
    case $line in
      :file) _files ;;
      :folder) _files -/ ;;
      */) begun+=("$line") ;;
      *) found+=("$line") ;;
    esac
  done < <("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
  (( ${#begun} )) && compadd -S '' -- "${begun[@]}"
  (( ${#found} )) && compadd -- "${found[@]}"
}
if [[ ${funcstack[1]} == _ogpcase ]]; then
  _ogpcase "$@"
else
  compdef _ogpcase ogpcase
fi
