package main

import (
	"strings"

	"github.com/spf13/cobra"

	"clientele/analytics/job"
)

// completeSettings completes --set: keys of the job file, then the words that one takes.
func completeSettings(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	keys, err := job.Keys()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	key, _, valueBegun := strings.Cut(typed, "=")
	var all []cobra.Completion
	for _, k := range keys {
		switch {
		case valueBegun && k.Path == key:
			for _, word := range k.Words {
				all = append(all, key+"="+word)
			}
		case !valueBegun && isLeaf(k.Path, keys):
			all = append(all, cobra.CompletionWithDesc(k.Path+"=", k.Doc))
		}
	}
	return all, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

// isLeaf tells whether no key stands below another.
func isLeaf(path string, keys []job.Key) bool {
	for _, k := range keys {
		if strings.HasPrefix(k.Path, path+".") {
			return false
		}
	}
	return true
}

// completeArguments gives every command the completion of its arguments, which its
// line of use names.
func completeArguments(cmd *cobra.Command) {
	for _, c := range cmd.Commands() {
		completeArguments(c)
	}
	names := strings.Fields(cmd.Use)[1:]
	if cmd.ValidArgsFunction == nil && len(names) > 0 {
		cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return completionOf(names[min(len(args), len(names)-1)], len(args) < len(names))
		}
	}
}

// completionOf is the completion of an argument of a name, such as JOB.
func completionOf(name string, more bool) ([]cobra.Completion, cobra.ShellCompDirective) {
	switch {
	case strings.HasSuffix(name, "..."):
		return nil, cobra.ShellCompDirectiveDefault
	case !more:
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	switch name {
	case "JOB":
		return []cobra.Completion{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
	case "SUMMARY":
		return []cobra.Completion{"csv", "parquet"}, cobra.ShellCompDirectiveFilterFileExt
	case "PUBLICATION", "OLD", "NEW", "FOLDER":
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// completeWords completes a flag that takes one of several words.
func completeWords(words ...string) cobra.CompletionFunc {
	return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
}

// completes gives a flag of a command its completion. That the flag is not there would
// be a fault of the program, which its tests find.
func completes(cmd *cobra.Command, flag string, with cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, with); err != nil {
		panic(err)
	}
}
