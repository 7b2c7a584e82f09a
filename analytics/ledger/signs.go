package ledger

import (
	"slices"

	"clientele/analytics/job"
)

// Signs are the ledger's columns of what is said beside a customer's rows, and which no
// stage adds up: who brought the customer, whether lists may name them, and where their
// details come from. A column is there where a source maps it and the job asks for it.
const (
	ReferrerColumn   = "referrer"
	ConsentColumn    = "consent"
	ProvenanceColumn = "provenance"
)

// Signs are those that the ledger has.
func (p *Plan) Signs() []string {
	mapped := func(of func(job.Columns) string) bool {
		return slices.ContainsFunc(p.job.Sources, func(s job.Source) bool { return of(s.Columns) != "" })
	}
	var all []string
	if p.job.CLV != nil && mapped(func(c job.Columns) string { return c.Referrer }) {
		all = append(all, ReferrerColumn)
	}
	if p.job.Consent != nil && mapped(func(c job.Columns) string { return c.Consent }) {
		all = append(all, ConsentColumn)
	}
	if p.job.Consent != nil && mapped(func(c job.Columns) string { return c.Provenance }) {
		all = append(all, ProvenanceColumn)
	}
	return all
}

func (p *Plan) signLabels() []namedSQL {
	var all []namedSQL
	for _, name := range p.Signs() {
		all = append(all, namedSQL{SQL: name, As: name})
	}
	return all
}
