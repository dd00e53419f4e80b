# Completion of ogpcase for bash: source <(ogpcase completion bash)
# What ogpcase offers are plain words; they are never evaluated.
_ogpcase() {
  local line program=$1
  case $program in '~/'*) program=$HOME/${program:2} ;; esac
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :file) compopt -o default 2>/dev/null ;;
      :folder) compopt -o dirnames 2>/dev/null ;;
      *)
        COMPREPLY+=("$line")
        case $line in */ | *'#') compopt -o nospace 2>/dev/null ;; esac
        ;;
    esac
  done < <("$program" __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _ogpcase ogpcase
