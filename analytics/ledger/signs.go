package ledger

import (
	"context"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/persons"
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
	if mapped(func(c job.Columns) string { return c.Referrer }) {
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

// Binding are the signs that bind on rows that are set aside, too: a cancelled order on
// which a customer withdraws their consent is no order, and a withdrawal all the same. What a
// row says after the last day that counts is not known yet, and a line below the data is about
// no customer.
var Binding = []string{ConsentColumn, ProvenanceColumn}

// binding are those of them that the ledger has.
func (p *Plan) binding() []string {
	return slices.DeleteFunc(p.Signs(), func(s string) bool { return !slices.Contains(Binding, s) })
}

// heard are the ids that bind on rows set aside, and are published under another. They say
// nothing of who is one person, as their rows do not count: the rules of spelling and the
// map know them, and ids that are used may be spelled so.
func (p *Plan) heard(ctx context.Context) ([]persons.Alias, error) {
	signs := p.binding()
	if len(signs) == 0 {
		return nil, nil
	}
	var all []persons.Alias
	err := p.forEach(ctx, "heard_ids.sql", struct{ Signs []string }{signs}, func(b arrow.RecordBatch) error {
		c := engine.Columns{Batch: b}
		ids := engine.Take[*array.String](&c, "customer")
		if c.Err != nil {
			return c.Err
		}
		for i := range ids.Len() {
			id := strings.Clone(ids.Value(i))
			if to := p.persons.Of(id); to != id && !p.persons.IsAlias(id) {
				all = append(all, persons.Alias{ID: id, Customer: to})
			}
		}
		return nil
	})
	return all, err
}
