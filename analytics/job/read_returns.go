package job

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
	if out.AmountIs == OrderAmount && columns.ListPrice != "" && !s.broken {
		s.fail("amount_is", "a list price is of a line, and this amount of the whole order; map as columns.amount what each line was paid, or leave columns.list_price out")
	}
	out.ExcludeProducts, _ = readDistinct(s, "exclude_products", "product", "a list of products or patterns of them")
	if out.ExcludeProducts != nil && columns.Product == "" && !s.broken {
		s.fail("exclude_products", "nothing says which product a line is about; map columns.product")
	}
}

// ReturnColumns are the columns that say what was given back, and of what.
type ReturnColumns struct {
	OriginalOrder string `json:"original_order,omitempty"` // of a return: the order that it belongs to
	Refund        string `json:"refund,omitempty"`         // money given back of the row's own amount
	RefundTime    string `json:"refund_time,omitempty"`    // when; empty: when the row was
}

// readReturnColumns reads the columns about returns.
func readReturnColumns(c *section, out *ReturnColumns) {
	c.text("original_order", &out.OriginalOrder)
	c.text("refund", &out.Refund)
	c.text("refund_time", &out.RefundTime)
	if out.RefundTime != "" && out.Refund == "" {
		c.fail("refund_time", "says when money was given back, and nothing says how much; map refund beside it")
	}
}

// MatchesByProduct tells whether returns of the source can be matched to what was bought by
// product and quantity.
func (s Source) MatchesByProduct() bool { return s.Columns.Product != "" && s.Columns.Quantity != "" }
