package explain

import (
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/money"
)

// Account is where a customer stands among accounts.
type Account struct {
	Parent string `json:"parent,omitempty"` // the account above; empty: none
	Top    string `json:"top"`              // the account at the top, which may be the customer
	// Members are the customers below or, where the account at the top is the customer, the
	// accounts of which it consists.
	Members int64 `json:"members"`
	// Spend and Future are of the customer with all below; nil where there is no such sum.
	Spend  *money.Amount `json:"spend,omitempty"`
	Future *money.Amount `json:"future_value,omitempty"`
}

// ReadAccount reads where the customer stands; nothing where the job maps no parents, or the
// customer is in no hierarchy. It goes through a list of accounts, which only who asks for it
// need wait for.
func (c *Customer) ReadAccount() (err error) {
	h := c.of.Hierarchy
	switch {
	case h == nil:
	case h.Level == publication.LevelTop:
		c.Account, err = membersOf(c.of, c.ID)
	default:
		c.Account, err = accountOf(c.of, c.ID)
	}
	return err
}

// accountOf reads the row of an account of hierarchy.csv; nil: there is none.
func accountOf(p *publication.Publication, id string) (a *Account, err error) {
	err = p.EachRow(column.Hierarchy, func(row *publication.ListRow) bool {
		if row.Text("account") != id || id == "" {
			return true
		}
		spend := row.Amount("spend")
		a = &Account{Parent: row.Text("parent"), Top: row.Text("top"), Members: row.Count("members"), Spend: &spend}
		if row.Text("future") != "" {
			future := row.Amount("future")
			a.Future = &future
		}
		return false
	})
	return a, err
}

// membersOf counts of how many accounts a customer consists; nil: of itself alone.
func membersOf(p *publication.Publication, id string) (a *Account, err error) {
	err = p.EachRow(column.Accounts, func(row *publication.ListRow) bool {
		switch account := row.Text("account"); {
		case account == id && a == nil:
			a = &Account{Top: id, Members: 1}
		case account == id:
			a.Members++
		case a != nil:
			return false // the rows of an account stand together
		}
		return true
	})
	return a, err
}

// findMember looks for the account of which an id is a member, where the account at the top
// is the customer.
func findMember(p *publication.Publication, of Found) (Found, error) {
	if p.Hierarchy == nil || p.Hierarchy.Level != publication.LevelTop {
		return of, nil
	}
	err := p.EachRow(column.Accounts, func(row *publication.ListRow) bool {
		if row.Text("member") != of.ID {
			return true
		}
		of.ID, of.Because = row.Text("account"), ByMembership
		return false
	})
	return of, err
}

// account says where the customer stands among accounts.
func (w writer) account() (lines []string) {
	a := w.Account
	if a == nil {
		return nil
	}
	if a.Parent != "" {
		lines = append(lines, w.say.Say("hierarchy.below", "parent", a.Parent))
	}
	if a.Parent != a.Top && a.Parent != "" {
		lines = append(lines, w.say.Say("hierarchy.top", "top", a.Top))
	}
	switch {
	case a.Spend == nil:
		lines = append(lines, w.say.Say("hierarchy.consists", "members", a.Members))
	case a.Members > 0 && a.Future != nil:
		lines = append(lines, w.say.Say("hierarchy.above", "members", a.Members, "spend", amountText(*a.Spend), "future", amountText(*a.Future)))
	case a.Members > 0:
		lines = append(lines, w.say.Say("hierarchy.above_spend", "members", a.Members, "spend", amountText(*a.Spend)))
	}
	return lines
}
