package ledger

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"clientele/analytics/engine"
)

// DayRows is how many rows are of one day.
type DayRows struct {
	Day  time.Time
	Rows int64
}

func (p *Plan) daysPart() part {
	later := "reason = " + engine.Literal(string(AfterAsOf))
	if p.matches() { // the refund of such a row may be of no day
		later += " AND NOT on_sale"
	}
	return part{
		name: "days", adds: engine.Adds{Keys: []string{"day"}},
		sql: "SELECT day, count(*) AS rows FROM ledger WHERE reason IS NULL OR " + later + " GROUP BY day",
	}
}

// Days are the days of the rows that are used, and of those that only lie after
// as_of, in order.
func (p *Plan) Days(ctx context.Context) ([]DayRows, error) {
	found, err := p.wholeText(ctx, p.daysPart(), "SELECT CAST(day AS STRING), CAST(rows AS STRING) FROM <part> AS days ORDER BY day")
	if err != nil {
		return nil, fmt.Errorf("ledger: days: %w", err)
	}
	days := make([]DayRows, len(found))
	for i, row := range found {
		if days[i].Day, err = time.Parse(time.DateOnly, row[0]); err == nil {
			days[i].Rows, err = strconv.ParseInt(row[1], 10, 64)
		}
		if err != nil {
			return nil, fmt.Errorf("ledger: days: %w", err)
		}
	}
	return days, nil
}
