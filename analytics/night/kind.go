package night

import (
	"strconv"

	"clientele/analytics/publication/column"
)

// Kind is a way in which a stage groups customers.
type Kind struct {
	column.Grouping
	// Group is the name of a customer's group.
	Group func(customer int) string
	// Names are those of the groups in the order in which a person thinks of them. Those that
	// nobody is in are listed too.
	Names []string
	// Label is the name of a group in the job's language; nil: the name itself.
	Label func(group string) string
	// Rule says in words who belongs to a group.
	Rule func(group string) string
}

// Plain is a number without an exponent or needless zeros.
func Plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
