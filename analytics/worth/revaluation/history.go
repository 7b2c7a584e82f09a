package revaluation

import (
	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// History is what a customer did, as far as value goes by it.
type History struct {
	First, Last  calendar.Day
	PurchaseDays int64
	Orders       int64
	Net          money.Amount
	Returns      int64 // [cause.NotKnown]: the night does not tell
}

// Past is the history as causes are told by it.
func (h History) Past() cause.Past {
	return cause.Past{First: h.First, Last: h.Last, Orders: h.Orders, Returns: h.Returns, Net: h.Net}
}

// HistoryOf reads a history from a customer's rows in the files of a night.
func HistoryOf(customer, remembered *publication.Row) (h History, known bool) {
	orders, hasOrders := remembered.Count(column.Orders)
	net, hasNet := remembered.Amount(column.Net)
	h = History{First: remembered.Day(column.FirstDay), Last: remembered.Day(column.LastDay), Orders: orders, Net: net}
	var hasReturns bool
	if h.Returns, hasReturns = remembered.Count(column.Returns); !hasReturns {
		h.Returns = cause.NotKnown
	}
	var hasDays bool
	if h.PurchaseDays, hasDays = customer.Count(column.PurchaseDays); !hasDays {
		h.PurchaseDays, hasDays = remembered.Count(column.PurchaseDays)
	}
	return h, hasOrders && hasNet && hasDays && h.First != calendar.NoDay && h.Last != calendar.NoDay
}

// HistoryIn is a customer's history as a night remembers it.
func HistoryIn(s *publication.State, i int) History {
	return History{
		First: s.Days(column.FirstDay)[i], Last: s.Days(column.LastDay)[i],
		PurchaseDays: s.Counts(column.PurchaseDays)[i], Orders: s.Counts(column.Orders)[i],
		Net: s.Amounts(column.Net)[i], Returns: s.Counts(column.Returns)[i],
	}
}
