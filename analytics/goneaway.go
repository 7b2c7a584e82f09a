package analytics

import (
	"fmt"

	"clientele/analytics/ledger"
	"clientele/analytics/night"
)

const (
	// fewGone is how many customers a night must have had before it tells anything
	// that they are gone. A test list of five may be replaced as a whole.
	fewGone = 10
	// manyGone is the share of the customers of the night before who may be gone
	// without a word. Exports of the whole past lose nobody; those of the latest
	// months lose a few a night.
	manyGone = 0.10
)

// checkGone looks at who is not in tonight's list any more. Where it is everybody,
// tonight does not follow the night before: it is of other exports under the same
// name, or the exports write ids in another way now. All tiers would end, and all
// customers would be new.
func checkGone(n night.Context) error {
	if n.Before == nil {
		return nil
	}
	before, gone := n.Before.Members.Len(), len(n.Before.Gone)
	switch {
	case before < fewGone || float64(gone) <= manyGone*float64(before):
		return nil
	case gone == before:
		return &ledger.DataError{Path: "the night before: " + n.Before.Path, Message: fmt.Sprintf(
			"none of its %d customers is in tonight's exports: they are of another shop, or write ids in another way than before; "+
				"look at sources and columns.customer, give the job another name, or leave that night behind and begin a new history with --fresh",
			before)}
	}
	n.Warn("warning.gone", "gone", plain(gone), "before", plain(before), "night", n.Before.AsOf)
	return nil
}
