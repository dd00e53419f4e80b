# Completion of ogpcase for fish: ogpcase completion fish > ~/.config/fish/completions/ogpcase.fish
# What ogpcase offers are plain words and sentences; they are never evaluated.
function __ogpcase_offered
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    if string match -q '~/*' -- $program
        set program $HOME/(string sub -s 3 -- $program)
    end
    set -l typed $words[2..-1]
    if __ogpcase_is_module
        set program $program -P -m ogpcase # with -P, Python does not look for ogpcase in the current folder
        set typed $words[4..-1]
    end
    type -q $program[1]; or return
    for line in ($program __complete described -- $typed "$current" 2>/dev/null)
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
function __ogpcase_is_module
    set -l words (commandline -opc)
    test "$words[2..3]" = '-m ogpcase'
end
complete -c ogpcase -f -a '(__ogpcase_offered)'
complete -c python -c python3 -n __ogpcase_is_module -f -a '(__ogpcase_offered)'
