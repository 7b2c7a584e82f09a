package hierarchy

import (
	"math"

	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/money"
)

// Files are hierarchy.csv or, where the account at the top is the customer, accounts.csv.
func (r *Result) Files() []night.File {
	if r.night.Accounts == nil {
		return nil
	}
	if r.night.Job.ByTop() {
		return []night.File{{Name: column.Accounts.File, Columns: r.memberColumns()}}
	}
	return []night.File{{Name: column.Hierarchy.File, Columns: r.accountColumns()}}
}

// alone is the place of the row for all who are in no hierarchy.
const alone = -1

// accountColumns are those of hierarchy.csv: a row for each account, and a last one without a
// name for all who are in none.
func (r *Result) accountColumns() []publish.Col {
	found := r.night.Accounts
	rows := append(append(make([]int, 0, len(r.listed)+1), r.listed...), alone)
	text := func(name string, of func(at int) string) publish.Col {
		return publish.ColOf(name, rows, func(at int) string {
			if at == alone {
				return ""
			}
			return of(at)
		})
	}
	depth := func(at int) int64 {
		if at == alone {
			return 0
		}
		return int64(found.Depth[at])
	}
	columns := []publish.Col{
		text("account", func(at int) string { return found.IDs[at] }),
		text("parent", found.ParentOf),
		text("top", func(at int) string { return found.IDs[found.Top[at]] }),
		publish.ColOf("depth", rows, depth),
		text("direct", r.direct),
		publish.ColOf("members", rows, r.members),
		publish.ColOf("own_orders", rows, func(at int) int64 { return r.own(at).Orders }),
		publish.ColOf("orders", rows, func(at int) int64 { return r.all(at).Orders }),
	}
	columns = append(columns, amounts{r, rows, true}.of("spend", func(s Sums) money.Amount { return s.Spend })...)
	if r.night.Job.CLV == nil {
		return columns
	}
	columns = append(columns, amounts{r, rows, r.needs.Past != nil}.of("past", func(s Sums) money.Amount { return s.Past })...)
	columns = append(columns, amounts{r, rows, r.needs.Future != nil}.of("future", func(s Sums) money.Amount { return s.Future })...)
	return append(columns, publish.NumbersOf("equity_share", rows, r.equityShare()))
}

// members are the customers below an account; in the last row, those below and above nobody.
func (r *Result) members(at int) int64 {
	if at == alone {
		return r.rolled.Alone.Customers
	}
	return r.rolled.All[at].Customers - r.rolled.Own[at].Customers
}

// own and all are the sums of an account.
func (r *Result) own(at int) Sums {
	if at == alone {
		return r.rolled.Alone
	}
	return r.rolled.Own[at]
}

func (r *Result) all(at int) Sums {
	if at == alone {
		return r.rolled.Alone
	}
	return r.rolled.All[at]
}

// direct tells whether an account buys by itself, or its money comes by others.
func (r *Result) direct(at int) string {
	if r.rolled.Own[at].Customers > 0 {
		return "yes"
	}
	return "no"
}

// amounts makes columns of money, which are empty where it is not known.
type amounts struct {
	*Result
	rows  []int
	known bool
}

// of gives two columns: of accounts themselves, and with all below them.
func (a amounts) of(name string, of func(Sums) money.Amount) []publish.Col {
	places := make([]int, len(a.rows))
	for k := range places {
		places[k] = k
	}
	column := func(name string, sums func(at int) Sums) publish.Col {
		cells := publication.AmountsAt(len(a.rows), func(k int) money.Amount { return of(sums(a.rows[k])) })
		return cells.Where(func(int) bool { return a.known }).Of(name, places)
	}
	return []publish.Col{column("own_"+name, a.own), column(name, a.all)}
}

// equityShare gives an account's share of customer equity.
func (r *Result) equityShare() func(at int) float64 {
	total := money.Sum(r.needs.Future).Float()
	return func(at int) float64 {
		if r.needs.Future == nil || total == 0 {
			return math.NaN()
		}
		return r.all(at).Future.Float() / total
	}
}

// memberColumns are those of accounts.csv.
func (r *Result) memberColumns() []publish.Col {
	found, rows := r.night.Accounts, r.needs.Members
	places := make([]int, len(rows))
	at := make([]int, len(rows))
	for k, m := range rows {
		places[k] = k
		at[k], _ = found.At(m.ID)
	}
	return []publish.Col{
		publish.ColOf("account", rows, func(m Member) string { return m.Account }),
		publish.ColOf("member", rows, func(m Member) string { return m.ID }),
		publish.ColOf("parent", at, found.ParentOf),
		publish.ColOf("depth", at, func(at int) int64 { return int64(found.Depth[at]) }),
		publication.DaysAt(len(rows), func(k int) int32 { return rows[k].LastDay }).Of(column.LastDay.Name, places),
		publication.AmountsAt(len(rows), func(k int) money.Amount { return rows[k].Spend }).Of("spend", places),
	}
}
