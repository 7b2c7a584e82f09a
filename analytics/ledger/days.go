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

// Days are the days of the rows that are used, and of those that only lie after
// as_of, in order.
func (p *Plan) Days(ctx context.Context) ([]DayRows, error) {
	found, err := engine.Text(ctx, p.engine, fmt.Sprintf(
		"SELECT CAST(day AS VARCHAR), CAST(count(*) AS VARCHAR) FROM ledger WHERE reason IS NULL OR reason = '%s' GROUP BY day ORDER BY day", AfterAsOf))
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
