package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/accounts"
	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/persons"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// ParentColumn is the ledger's column for the account above a row's customer.
const ParentColumn = "parent"

// MemberColumn is the ledger's column for the id that a row has in the export, where the
// account at the top is its customer.
const MemberColumn = "member"

// Accounts says which account stands below which; nil: no source says.
func (p *Plan) Accounts() *accounts.Found { return p.accounts }

// accountLabels are the ledger's columns about accounts.
func (p *Plan) accountLabels() (all []namedSQL) {
	if p.job.MapsParents() {
		all = append(all, namedSQL{SQL: "parent", As: ParentColumn})
	}
	if p.job.ByTop() {
		all = append(all, namedSQL{SQL: "customer", As: MemberColumn})
	}
	return all
}

// findAccounts finds which account stands below which, and makes their rows those of the
// account at the top, where that is the customer.
func (p *Plan) findAccounts(ctx context.Context) error {
	if !p.job.MapsParents() {
		return nil
	}
	var said []accounts.Said
	err := p.forEach(ctx, "parents.sql", usedSQL{Totals: p.listed(p.repeatsTotals)}, func(b arrow.RecordBatch) error {
		c := engine.Columns{Batch: b}
		ids, parents, days := engine.Take[*array.String](&c, "customer"), engine.Take[*array.String](&c, ParentColumn), engine.Take[*array.Date32](&c, "day")
		if c.Err != nil {
			return c.Err
		}
		for i := range ids.Len() {
			// Ids of parents go through identity like any other.
			parent := p.persons.Of(strings.Clone(parents.Value(i)))
			said = append(said, accounts.Said{Customer: strings.Clone(ids.Value(i)), Parent: parent, Last: int32(days.Value(i))})
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.accounts = accounts.Decide(said)
	if deepest := p.accounts.Deepest(); deepest > accounts.MostDepth {
		at := slices.IndexFunc(p.job.Sources, func(s job.Source) bool { return s.Columns.Parent != "" })
		return &DataError{Path: p.job.Sources[at].Path, Message: fmt.Sprintf(
			"an account has %d others above it, want at most %d; look whether sources.%d.columns.parent is the account above the customer, and not the order or the row before",
			deepest, accounts.MostDepth, at)}
	}
	if !p.job.ByTop() {
		return nil
	}
	return p.giveToTops(ctx)
}

// giveToTops makes each row one of the account at the top.
func (p *Plan) giveToTops(ctx context.Context) error {
	var below []persons.Alias
	for at, id := range p.accounts.IDs {
		if top := p.accounts.Top[at]; top != at {
			below = append(below, persons.Alias{ID: id, Customer: p.accounts.IDs[top]})
		}
	}
	return p.rename(ctx, below)
}

// Member is an account of which a customer consists, with what it has bought itself.
type Member struct {
	Account, ID string
	LastDay     int32 // on which it bought; calendar.NoDay: it never did
	Spend       money.Amount
}

// Members are those of whom customers consist, where the account at the top is the customer;
// else nil. Ids of one person are one member.
func (p *Plan) Members() []Member { return p.members }

// findMembers reads what each member has bought, once it is known which rows count.
func (p *Plan) findMembers(ctx context.Context) error {
	if !p.job.ByTop() {
		return nil
	}
	all := []Member{}
	at := map[string]int{} // by id
	err := p.forEach(ctx, "members.sql", nil, func(b arrow.RecordBatch) error {
		c := engine.Columns{Batch: b}
		accounts, ids := engine.Take[*array.String](&c, "customer"), engine.Take[*array.String](&c, MemberColumn)
		days, spend := engine.Take[*array.Date32](&c, "last_day"), engine.Take[*array.Decimal128](&c, "spend")
		if c.Err != nil {
			return c.Err
		}
		for i := range ids.Len() {
			id := p.persons.Of(strings.Clone(ids.Value(i)))
			k, known := at[id]
			if !known {
				k = len(all)
				at[id], all = k, append(all, Member{Account: strings.Clone(accounts.Value(i)), ID: id, LastDay: calendar.NoDay})
			}
			m := &all[k]
			if !days.IsNull(i) && (m.LastDay == calendar.NoDay || int32(days.Value(i)) > m.LastDay) {
				m.LastDay = int32(days.Value(i))
			}
			m.Spend = m.Spend.Plus(money.Of(spend.Value(i)))
		}
		return nil
	})
	p.members = all
	return err
}
