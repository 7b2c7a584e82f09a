package analytics

import (
	"fmt"
	"time"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/internal/calendar"
)

// checkUsable refuses exports without a single row that can be used, and says what
// happened to their rows.
func checkUsable(j *job.Job, a ledger.Account) error {
	if a.Total.Used.Rows > 0 {
		return nil
	}
	for i, t := range a.BySource {
		if t.Read.Rows == 0 {
			continue
		}
		reason, most := ledger.Reason(""), int64(0)
		for _, r := range ledger.Reasons {
			if n := t.Rejected[r].Rows; n > most {
				reason, most = r, n
			}
		}
		return &ledger.DataError{Path: j.Sources[i].Path, Message: fmt.Sprintf(
			"none of its %d rows can be used: %d are set aside as %s; %s", t.Read.Rows, most, reason, remedy(reason, i, j))}
	}
	return &ledger.DataError{Path: j.Sources[0].Path, Message: "holds a header and no rows; export it again"}
}

// checkNewest refuses `as_of: latest` where the newest day lies far from all others: one
// mistyped year would decide for everybody, as recency is counted from it.
func checkNewest(j *job.Job, days []ledger.DayRows) error {
	if len(days) < 2 {
		return nil
	}
	newest, before := days[len(days)-1].Day, days[len(days)-2].Day
	if calendar.DayOf(newest)-calendar.DayOf(before) <= farOffDays {
		return nil
	}
	return &ledger.DataError{Path: j.Sources[0].Path, Message: fmt.Sprintf(
		"as_of: latest would be after %s, but the newest transactions before that day are of %s; look for a mistyped date, or give as_of a day",
		newest.Format(time.DateOnly), before.Format(time.DateOnly))}
}

// remedy says what to do about a reason under which everything was set aside.
func remedy(r ledger.Reason, source int, j *job.Job) string {
	key := fmt.Sprintf("sources.%d", source)
	columns := j.Sources[source].Columns
	switch r {
	case ledger.Anonymous:
		return fmt.Sprintf("check %s.columns.customer, %q: it is empty in all of them", key, columns.Customer)
	case ledger.Filtered:
		return fmt.Sprintf("check %s.where, %q: it holds for none of them", key, j.Sources[source].Where)
	case ledger.ExcludedProduct:
		return fmt.Sprintf("check %s.exclude_products: it names all of them", key)
	case ledger.AmountConflict:
		return fmt.Sprintf("check %s.amount_is: the lines of each order have different amounts, which are no totals", key)
	case ledger.FilterUnknown:
		return fmt.Sprintf("check %s.where, %q: it is neither true nor false for them, as where a value in it is empty or cannot be computed", key, j.Sources[source].Where)
	case ledger.NoTime, ledger.TimeUnreadable:
		return fmt.Sprintf("check %s.columns.time, %q: expected dates such as 2011-12-09 or an expression such as strptime(column, '%%d.%%m.%%Y') or, for seconds since 1970, to_timestamp(column)", key, columns.Time)
	case ledger.AfterAsOf:
		return "check as_of, " + j.AsOf.String() + ", or use as_of: latest"
	case ledger.AmountUnreadable:
		return fmt.Sprintf("check %s.columns.amount, %q: expected numbers such as 12.50, or an expression that makes them, such as replace(column, ',', '.')", key, columns.Amount)
	default:
		return "check that the lines of the file have the columns of its header"
	}
}
