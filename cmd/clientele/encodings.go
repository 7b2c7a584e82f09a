package main

import (
	"slices"

	"clientele/analytics/ledger"
)

// printEncodings says in which encoding the text files are: by encoding, in the
// order of the files.
func printEncodings(p *printer, files []ledger.FileEncoding) {
	var names []string
	of := map[string][]string{}
	for _, f := range files {
		if !slices.Contains(names, f.Encoding) {
			names = append(names, f.Encoding)
		}
		of[f.Encoding] = append(of[f.Encoding], f.Path)
	}
	const most = 5 // files that are named
	for _, name := range names {
		paths := of[name]
		if beyond := len(paths) - most; beyond > 0 {
			p.say("check.read_as_more", "encoding", name, "paths", p.in.Row(paths[:most]...), "more", beyond)
			continue
		}
		p.say("check.read_as", "encoding", name, "paths", p.in.Row(paths...))
	}
	if len(names) > 0 {
		p.line("")
	}
}
