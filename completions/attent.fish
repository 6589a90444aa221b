complete --keep-order --exclusive --command attent --arguments "(COMPLETE=fish attent -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
