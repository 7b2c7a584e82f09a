package job

import (
	"slices"
	"strconv"
)

// LineRules say what the lines of a source are.
type LineRules struct {
	// AmountIs says whose money the amount of a line is; empty: the line's, as nobody said.
	AmountIs AmountRule `json:"amount_is,omitempty"`
	// ExcludeProducts are patterns of products that are no goods, such as postage.
	ExcludeProducts []string `json:"exclude_products,omitempty"`
}

// AmountRule is whose money the amount of a line is.
type AmountRule string

// The rules about amounts.
const (
	LineAmount  AmountRule = "line"  // the line's own
	OrderAmount AmountRule = "order" // the order's total, repeated on each of its lines
)

// readLineRules reads what the lines of a source are. Both rules need a column that says
// what a line belongs to.
func readLineRules(s *section, out *LineRules, columns Columns) {
	choice(s, "amount_is", "rule", &out.AmountIs, LineAmount, OrderAmount)
	if out.AmountIs == OrderAmount && columns.Order == "" && !s.broken {
		s.fail("amount_is", "an order's total counts once for each order; map columns.order, the column that tells which lines make one")
	}
	out.ExcludeProducts = readPatterns(s, "exclude_products")
	if out.ExcludeProducts != nil && columns.Product == "" && !s.broken {
		s.fail("exclude_products", "nothing says which product a line is about; map columns.product")
	}
}

// readPatterns reads a list of patterns, each once; nil where there is none.
func readPatterns(s *section, key string) []string {
	const wanted = "a list of products, such as [POST, gift_*]"
	items, _ := s.items(key, wanted)
	var out []string
	for i, item := range items {
		path := join(s.key(key), strconv.Itoa(i))
		switch {
		case item.kind != scalar:
			s.report(item.at, path, "%s is not a product; want %s", item, wanted)
		case item.text == "":
			s.report(item.at, path, "is empty; give a product or remove it")
		case slices.Contains(out, item.text):
			s.report(item.at, path, "%s is listed twice; keep one", quoted(item.text))
		default:
			out = append(out, item.text)
		}
	}
	return out
}
