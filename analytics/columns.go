package analytics

import (
	"slices"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/customers"
	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// tables are the customers of the night and what is remembered of them, by the columns
// that each stage gives. A stage that is off gives none.
func (n *night) tables() (*publication.Tables, error) {
	t := publication.NewTables(n.customers.Len())
	for _, given := range []struct {
		stage   column.Stage
		ran     bool
		columns func() publication.Columns
	}{
		{column.Base, true, n.baseColumns},
		{column.Scores, n.scores != nil, n.scores.Columns},
		{column.Worth, n.worth != nil, n.worth.Columns},
		{column.Lifecycle, n.stages != nil, n.stages.Columns},
		{column.Risk, n.stages != nil && n.worth != nil, n.risk.Columns},
		{column.Interests, n.stages != nil && n.interests != nil, n.interests.Columns},
		{column.Tiers, n.tiers != nil, n.tiers.Columns},
		{column.Groups, n.anchor.night != nil, n.anchor.columns},
	} {
		if !given.ran {
			continue
		}
		if err := t.Add(given.stage, given.columns()); err != nil {
			return nil, err
		}
	}
	return t, n.addAttributes(t)
}

// addAttributes adds what a job maps beside what it must, in the order of the ledger:
// labels, and numbers that tiers count, which are sums.
func (n *night) addAttributes(t *publication.Tables) error {
	sums := n.job.MappedMetrics()
	for _, name := range n.attributes {
		var cells publication.Cells
		if k := slices.Index(sums, name); k >= 0 {
			cells = publication.AmountsAt(n.customers.Len(), func(i int) ledger.Money {
				return ledger.MoneyOf(decimal128.FromI64(n.tiers.Sums[k][i]))
			})
		} else {
			k := slices.IndexFunc(n.customers.Attributes, func(a customers.Attribute) bool { return a.Name == name })
			cells = publication.Texts(n.customers.Attributes[k].Values)
		}
		if err := t.AddAttribute(name, cells); err != nil {
			return err
		}
	}
	return nil
}

func (n *night) baseColumns() publication.Columns {
	t, today := n.customers, epochDays(n.asOf)
	lastDay := t.LastDay
	return publication.Columns{
		column.CustomerID:   publication.Texts(t.ID),
		column.FirstDay:     publication.Days(t.FirstDay),
		column.LastDay:      publication.Days(lastDay),
		column.Orders:       publication.Counts(t.Orders),
		column.PurchaseDays: publication.Counts(t.PurchaseDays),
		column.RecencyDays:  publication.CountsAt(t.Len(), func(i int) int64 { return int64(today - lastDay[i]) }),
		column.Net:          publication.Amounts(t.Net),
		column.Returns:      publication.Counts(t.Returns),
	}
}
