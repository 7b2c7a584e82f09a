package ledger

import (
	"maps"
	"slices"

	"clientele/analytics/job"
)

// expression is one entry of a source's mapping.
type expression struct {
	name string // ours
	key  string // in the job file
	role role
	sql  string
}

func expressions(s job.Source) []expression {
	c := s.Columns
	list := []expression{
		{"customer", "columns.customer", roleText, c.Customer},
		{"order", "columns.order", roleText, c.Order},
		{"time", "columns.time", roleTime, c.Time},
		{"clock", "columns.time.1", roleText, c.Clock},
		{"amount", "columns.amount", roleNumber, c.Amount},
		{"product", "columns.product", roleText, c.Product},
		{"category", "columns.category", roleText, c.Category},
		{"quantity", "columns.quantity", roleNumber, c.Quantity},
		{"cost", "columns.cost", roleNumber, c.Cost},
		{"list_price", "columns.list_price", roleNumber, c.ListPrice},
		{"currency", "columns.currency", roleText, c.Currency},
		{"referrer", "columns.referrer", roleText, c.Referrer},
		{"parent", "columns.parent", roleText, c.Parent},
		{"consent", "columns.consent", roleText, c.Consent},
		{"provenance", "columns.provenance", roleText, c.Provenance},
		{"where", "where", roleCondition, s.Where},
		{"returns", "returns", roleCondition, s.Returns},
		{"original_order", "columns.original_order", roleText, c.OriginalOrder},
		{"refund", "columns.refund", roleNumber, c.Refund},
		{"refund_time", "columns.refund_time", roleTime, c.RefundTime},
		{AttributeColumn("channel"), "columns.channel", roleText, c.Channel},
		{AttributeColumn("region"), "columns.region", roleText, c.Region},
	}
	list = append(list, keyExpressions(c)...)
	for _, name := range slices.Sorted(maps.Keys(c.Attributes)) {
		list = append(list, expression{AttributeColumn(name), s.AttributeKey(name), roleText, c.Attributes[name]})
	}
	return list
}

// Mapping tells how one of our columns is read from a source, for `check`.
type Mapping struct {
	Source int
	Key    string // in the job file
	SQL    string
	Type   string // as the engine names it

	Examples []Example // once a sample is loaded; see [Plan.AddExamples]
}

// Mappings lists how the columns of each source are read, sources in order.
func (p *Plan) Mappings() []Mapping {
	var all []Mapping
	for i := range p.job.Sources {
		at := slices.IndexFunc(p.batches, func(b *batch) bool { return b.source == i })
		for _, x := range expressions(p.job.Sources[i]) {
			k := slices.IndexFunc(p.batches[at].mapped, func(m mapped) bool { return m.name == x.name })
			if k >= 0 {
				all = append(all, Mapping{Source: i, Key: x.key, SQL: x.sql, Type: p.batches[at].mapped[k].kind})
			}
		}
	}
	return all
}
