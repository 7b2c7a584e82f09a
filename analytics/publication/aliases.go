package publication

import (
	"errors"
	"io/fs"
	"strings"

	"clientele/analytics/publication/column"
)

// EachAlias calls do with the ids that a night publishes under another: those of one person,
// and the members of an account where the one at the top is the customer. Aliases stand as the
// exports spell them. It ends when do gives false.
func (p *Publication) EachAlias(do func(alias, customer string) bool) error {
	more := true
	each := func(list *column.List, aliases, customers string) error {
		err := p.EachRow(list, func(row *ListRow) bool {
			if alias, customer := row.Text(aliases), row.Text(customers); alias != customer && customer != "" {
				more = do(strings.Clone(alias), strings.Clone(customer))
			}
			return more
		})
		if errors.Is(err, fs.ErrNotExist) { // nobody was merged
			err = nil
		}
		return err
	}
	if err := each(column.Identity, "alias", "customer"); err != nil || !more {
		return err
	}
	return each(column.Accounts, "member", "account")
}
