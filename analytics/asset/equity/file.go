package equity

import (
	"fmt"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/money"
)

// Columns are those of equity_ledger.csv.
func (l Ledger) Columns() []publish.Col {
	type row struct {
		group *Group
		line  Line
	}
	var rows []row
	for i := range l {
		for _, line := range All {
			rows = append(rows, row{&l[i], line})
		}
	}
	amount := publish.ColOf("amount", rows, func(r row) decimal128.Num { return r.group.Lines[r.line].Num() })
	amount.Scale = money.Scale
	return []publish.Col{
		publish.ColOf("kind", rows, func(r row) string { return r.group.Kind }),
		publish.ColOf("group", rows, func(r row) string { return r.group.Name }),
		publish.ColOf("line", rows, func(r row) string { return r.line.String() }),
		amount,
	}
}

// Read reads the ledger of a publication. The error wraps fs.ErrNotExist where it has none:
// lifetime values are off, or an earlier version of the program wrote it.
func Read(p *publication.Publication) (Ledger, error) {
	var l Ledger
	var wrong error
	err := p.EachRow(column.EquityLedger, func(row *publication.ListRow) bool {
		kind, name, text := row.Text("kind"), row.Text("group"), row.Text("line")
		line, known := lineOf(text)
		if !known {
			wrong = fmt.Errorf("it has a line %q that this version of the program does not know", text)
			return false
		}
		if last := len(l) - 1; last < 0 || l[last].Kind != kind || l[last].Name != name {
			l = append(l, Group{Kind: kind, Name: name})
		}
		l[len(l)-1].Lines.put(line, row.Amount("amount"))
		return true
	})
	if err == nil && wrong == nil && (len(l) == 0 || l[0].Kind != Total) {
		wrong = fmt.Errorf("it does not begin with the %s", Total)
	}
	if err == nil && wrong != nil {
		err = p.Damaged(column.EquityLedger.File, wrong)
	}
	return l, err
}
