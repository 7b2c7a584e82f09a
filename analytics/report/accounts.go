package report

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/money"
)

// Accounts is the section about accounts that stand below others.
type Accounts struct {
	Text    string
	Largest Table
}

// mostAccounts is how many accounts are named: a screen of them.
const mostAccounts = 10

// account is an account at the top, with all below it.
type account struct {
	id            string
	members       int64
	indirect      bool // it buys nothing by itself
	spend, future money.Amount
	share         float64
}

// addAccounts leaves the section out without a word where no source maps parents.
func (p *Page) addAccounts(r *reading) error {
	h := r.night.Hierarchy
	if h == nil {
		return nil
	}
	read := r.tops
	if h.Level == publication.LevelTop {
		read = r.consisting
	}
	all, err := read()
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b account) int {
		return cmp.Or(cmp.Compare(b.spend.Float(), a.spend.Float()), strings.Compare(a.id, b.id))
	})
	all = all[:min(len(all), mostAccounts)]
	if err := r.hideNames(all); err != nil {
		return err
	}
	p.Accounts = &Accounts{
		Text:    r.say.SayOf("hierarchy.report", h.Level, "accounts", h.Accounts, "tops", h.Tops, "indirect", h.Indirect),
		Largest: r.accountTable(all, h.Level),
	}
	return nil
}

// tops are the accounts at the top of hierarchy.csv. The last row, of those who are in no
// hierarchy, is none.
func (r *reading) tops() (all []account, err error) {
	err = r.night.EachRow(column.Hierarchy, func(row *publication.ListRow) bool {
		if id := row.Text("account"); id != "" && row.Count("depth") == 0 {
			all = append(all, account{
				id: strings.Clone(id), members: row.Count("members"), indirect: row.Text("direct") == "no",
				spend: row.Amount("spend"), future: row.Amount("future"), share: row.Number("equity_share"),
			})
		}
		return true
	})
	return all, err
}

// consisting are the customers of accounts.csv, each with its members.
func (r *reading) consisting() (all []account, err error) {
	err = r.night.EachRow(column.Accounts, func(row *publication.ListRow) bool {
		if id := row.Text("account"); len(all) == 0 || all[len(all)-1].id != id {
			all = append(all, account{id: strings.Clone(id)})
		}
		a := &all[len(all)-1]
		a.members++
		a.spend = a.spend.Plus(row.Amount("spend"))
		return true
	})
	return all, err
}

// hideNames takes the names of customers away whom no list may name; what they come to is
// still said. An account that is no customer has no word in it.
func (r *reading) hideNames(all []account) error {
	if r.night.Consent == nil {
		return nil
	}
	err := r.night.EachCustomerTexts([]string{column.CustomerID.Name, column.Contactable.Name}, func(cells []string) {
		for i := range all {
			if all[i].id == cells[0] && cells[1] != "yes" {
				all[i].id = nothing
			}
		}
	})
	if errors.Is(err, publication.ErrNoColumn) { // nobody knows whom a list may name
		for i := range all {
			all[i].id = nothing
		}
		return nil
	}
	return err
}

// accountTable has the accounts with most spend.
func (r *reading) accountTable(all []account, level string) Table {
	say := r.say
	t := Table{ID: "accounts-largest", Caption: say.Say("hierarchy.largest", "accounts", len(all))}
	worth := level == publication.LevelCustomer && r.night.Equity != nil
	t.Head = slices.Concat(texts(say.Say("hierarchy.account")), numbers(say.SayOf("hierarchy.members", level), say.Say("hierarchy.spend")))
	if worth {
		t.Head = append(t.Head, numbers(say.Say("report.col.future"), say.Say("report.col.equity_share"))...)
		t.Head = append(t.Head, texts(say.Say("hierarchy.buys"))...)
	}
	for _, a := range all {
		row := rowOf(a.id, count(a.members), cash(a.spend.Float()))
		if worth {
			row = append(row, rowOf(cash(a.future.Float()), percent(a.share), say.SayOf("hierarchy.direct", strconv.FormatBool(!a.indirect)))...)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
