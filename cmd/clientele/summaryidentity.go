package main

import (
	"slices"
	"strings"

	"clientele/analytics"
	"clientele/analytics/persons"
)

// printIdentity says how many persons are behind the ids of the exports, and what told.
func printIdentity(p *printer, r *analytics.Result) {
	i := r.Identity
	if i == nil {
		return
	}
	var parts []string
	for by, n := range orderedBy(i.MergedBy) {
		if n > 0 {
			parts = append(parts, thousands(n)+" by "+by)
		}
	}
	if len(parts) == 0 {
		p.line("%s, and none are one person", counted(i.IDs, "id"))
	} else {
		p.line("%s are %s: %s; identity.csv lists them", counted(i.IDs, "id"), counted(i.Customers, "person"), "merged "+strings.Join(parts, ", "))
	}
	p.line("")
}

// orderedBy visits what merged ids: spelling and map before the keys, by name.
func orderedBy(merged map[string]int64) func(func(string, int64) bool) {
	names := []string{persons.ByNormalise, persons.ByMap}
	var keys []string
	for name := range merged {
		if !slices.Contains(names, name) {
			keys = append(keys, name)
		}
	}
	slices.Sort(keys)
	return func(yield func(string, int64) bool) {
		for _, name := range append(names, keys...) {
			if !yield(name, merged[name]) {
				return
			}
		}
	}
}
