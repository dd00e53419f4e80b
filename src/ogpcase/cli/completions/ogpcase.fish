# Completion of ogpcase for fish: ogpcase completion fish > ~/.config/fish/completions/ogpcase.fish
# What ogpcase offers are plain words without descriptions; they are never evaluated.
function __ogpcase_offered
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] __complete -- $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case :file
                __fish_complete_path "$current"
            case :folder
                __fish_complete_directories "$current" ''
            case '*'
                printf '%s\n' $line
        end
    end
end
complete -c ogpcase -f -a '(__ogpcase_offered)'
