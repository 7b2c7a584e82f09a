package analytics

import (
	"clientele/analytics/customers"
	"clientele/analytics/ledger"
	"clientele/analytics/ledger/charset"
	"clientele/analytics/publication"
)

// fatesOf are the fates of rows and of their money.
func fatesOf(t ledger.Tally) (publication.Fates[int64], publication.MoneyFates) {
	rows := publication.Fates[int64]{Read: t.Read.Rows, Used: t.Used.Rows, Rejected: map[string]int64{}}
	money := publication.MoneyFates{Read: t.Read.Money.String(), Used: t.Used.Money.String(), Rejected: map[string]*string{}, Unknown: map[string]int64{}}
	for r, c := range t.Rejected {
		reason := string(r)
		rows.Rejected[reason] = c.Rows
		money.Rejected[reason] = nil
		if c.Known() {
			known := c.Money.String()
			money.Rejected[reason] = &known
		}
		if c.Unknown > 0 {
			money.Unknown[reason] = c.Unknown
		}
	}
	return rows, money
}

// returnsOf are the returns, and what became of them where any says what it belongs to.
func returnsOf(a ledger.Account, odd customers.Oddities) publication.Returns {
	of := func(c ledger.Count) publication.Returned { return publication.Returned{Rows: c.Rows, Money: c.Money} }
	out := publication.Returns{Returned: of(a.Total.Returns)}
	if found := a.Returned; found.Sought {
		out.ReturnFates = &publication.ReturnFates{
			ByOrder: of(found.ByOrder), ByProduct: of(found.ByProduct), Partly: of(found.Partly), Unmatched: of(found.Unmatched),
			MatchedMoney: found.Matched(), OrdersUndone: found.Undone,
			AllReturned: publication.ReturnsOnly{Customers: odd.Undone, Money: odd.UndoneNet},
		}
	}
	return out
}

// inputsOf are the exports as the manifest records them.
func inputsOf(read []ledger.Input) []publication.Input {
	inputs := make([]publication.Input, len(read))
	for i, r := range read {
		inputs[i] = publication.Input(r)
		if r.Encoding == charset.UTF8 {
			inputs[i].Encoding = "" // as nearly all are: what is said is what is out of the way
		}
	}
	return inputs
}

// joinFatesOf are the fates of a source's rows in its joins.
func joinFatesOf(joins []ledger.JoinCount) []publication.JoinFates {
	var all []publication.JoinFates
	for _, j := range joins {
		all = append(all, publication.JoinFates{Path: j.Path, Found: returned(j.Found), NoKey: returned(j.NoKey), NoPartner: returned(j.NoPartner)})
	}
	return all
}

func returned(c ledger.Count) publication.Returned {
	return publication.Returned{Rows: c.Rows, Money: c.Money}
}
