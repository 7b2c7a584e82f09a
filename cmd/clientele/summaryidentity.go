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

// printConsent says how many customers are on no list.
func printConsent(p *printer, r *analytics.Result) {
	c := r.Consent
	if c == nil {
		return
	}
	p.line("Lists may name %s; on none are %s without consent and %s whose details come from where they must not",
		counted(c.Contactable, "customer"), thousands(c.NoConsent), thousands(c.Provenance))
	p.line("")
}

// printReferrals says what was credited to who brought customers.
func printReferrals(p *printer, r *analytics.Result, currency string) {
	if c := r.Referrals; c != nil {
		p.line("Referrals: %s brought by %s, who are credited with %s%s",
			counted(c.Referred, "customer"), counted(c.Referrers, "customer"), amount(c.Value.Float()), currency)
	}
}
