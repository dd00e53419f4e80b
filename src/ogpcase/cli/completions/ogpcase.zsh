#compdef ogpcase
# Completion of ogpcase for zsh: source <(ogpcase completion zsh), after compinit; or this file as _ogpcase in $fpath.
# What ogpcase offers are plain words and sentences; they are handed to compadd as they are, and never evaluated.
_ogpcase() {
  _ogpcase_offer 2 "${words[1]/#\~\//$HOME/}"
}
# Offers what a program answers to the words from a number on.
_ogpcase_offer() {
  local first=$1 line word shown
  local -a found told begun begun_told
  shift
  while IFS= read -r line; do
    word=${line%%$'\t'*}
    case $word in
      :file) _files; continue ;;
      :folder) _files -/; continue ;;
    esac
    shown=$word
    [[ $line == *$'\t'* ]] && shown="$word  -- ${line#*$'\t'}"
    (( ${#shown} < COLUMNS )) || shown="${shown[1,COLUMNS-2]}…"
    case $word in
      */ | *'#') begun+=("$word"); begun_told+=("$shown") ;;
      *) found+=("$word"); told+=("$shown") ;;
    esac
  done < <("$@" __complete described -- "${(@)words[first,CURRENT]}" 2>/dev/null)
  (( ${#begun} )) && compadd -l -S '' -d begun_told -- "${begun[@]}"
  (( ${#found} )) && compadd -l -d told -- "${found[@]}"
}
# Completes `python -m ogpcase`, and leaves other words after `python` to the completion that was there before.
# With -P, Python does not look for ogpcase in the current folder.
_ogpcase_module() {
  if [[ ${words[2]} == -m && ${words[3]} == ogpcase && CURRENT -gt 3 ]]; then
    _ogpcase_offer 4 "${words[1]/#\~\//$HOME/}" -P -m ogpcase
  elif (( ${+functions[$_ogpcase_python]} )); then
    $_ogpcase_python "$@"
  else
    _files
  fi
}
if [[ ${funcstack[1]} == _ogpcase ]]; then
  _ogpcase "$@"
else
  compdef _ogpcase ogpcase
  [[ ${_comps[python3]-} == _ogpcase_module ]] || typeset -g _ogpcase_python=${_comps[python3]:-_python}
  compdef _ogpcase_module python python3
fi
