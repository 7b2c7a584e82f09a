package analytics

import (
	"fmt"
	"strings"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/night"
)

// accountWarnings are what a reader of the result should know about its rows.
func accountWarnings(j *job.Job, a ledger.Account) []string {
	var w []string
	for i, t := range a.BySource {
		if t.Used.Rows == 0 {
			w = append(w, fmt.Sprintf("sources.%d: no row of %s is used (read: %d%s)", i, j.Sources[i].Path, t.Read.Rows, fatesInWords(t)))
		}
	}
	for i, t := range a.BySource {
		if n := t.Rejected[ledger.FilterUnknown].Rows; n > 0 {
			w = append(w, fmt.Sprintf("sources.%d.where is neither true nor false for %s, which are set aside as %s: a value in it is empty, or not a number where one is compared; say what an empty one means, for example coalesce(status, '') <> 'cancelled'", i, rowsInWords(n), ledger.FilterUnknown))
		}
	}
	w = append(w, duplicateWarnings(j, a)...)
	w = append(w, repetitionWarnings(a)...)
	w = append(w, joinWarnings(a)...)
	w = append(w, blankLineWarnings(a)...)
	for i, n := range a.UnreadCosts {
		if n > 0 {
			w = append(w, fmt.Sprintf("sources.%d.columns.cost cannot be read as a number in %s; their cost is taken from clv.margin", i, rowsInWords(n)))
		}
	}
	for _, r := range []ledger.Reason{ledger.Malformed, ledger.TimeUnreadable, ledger.AmountUnreadable, ledger.AmountConflict} {
		if c := a.Total.Rejected[r]; c.Rows > 0 {
			w = append(w, fmt.Sprintf("rows set aside as %s: %d; rejects.csv lists them", r, c.Rows))
		}
	}
	return w
}

// duplicateWarnings say how many rows of a source stand in several of its
// files.
func duplicateWarnings(j *job.Job, a ledger.Account) []string {
	var w []string
	for i, c := range a.Duplicates {
		if c.Rows == 0 || j.Sources[i].Duplicates == job.DropDuplicates {
			continue
		}
		w = append(w, fmt.Sprintf("sources.%d: %s with %s in all stand in more than one file of %s; they count each time. If the exports overlap, set sources.%d.duplicates to drop; if not, to keep",
			i, rowsInWords(c.Rows), c.Money, j.Sources[i].Path, i))
	}
	return w
}

// blankLineWarnings say which sources leave blank on the lines of an order what its
// first line says.
func blankLineWarnings(a ledger.Account) []string {
	var w []string
	for i, l := range a.BlankLines {
		if l.Rows > 0 && len(l.Columns) > 0 {
			w = append(w, fmt.Sprintf("sources.%d: %s whose customer, time or state is blank are set aside, though other lines of their orders say them; write beside path: %s", i, linesInWords(l.Rows), l.Line()))
		}
	}
	return w
}

func linesInWords(n int64) string {
	if n == 1 {
		return "1 line"
	}
	return fmt.Sprintf("%d lines", n)
}

// repetitionWarnings say which sources seem to repeat an order's total on each of its
// lines. They count each time, until the job file says otherwise.
func repetitionWarnings(a ledger.Account) []string {
	var w []string
	for i, r := range a.Repetitions {
		if r.Suspicious() {
			w = append(w, fmt.Sprintf("sources.%d: in %d of %d orders with several lines all lines have the same amount, as where an export repeats the order's total on each; every line counts. "+
				"If it is the total, write amount_is: order under the source; if it is the line's, amount_is: line", i, r.Equal, r.Several))
		}
	}
	return w
}

func rowsInWords(n int64) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

// fatesInWords counts the rows set aside by reason: `, filtered: 5`.
func fatesInWords(t ledger.Tally) string {
	var words strings.Builder
	for _, r := range ledger.Reasons {
		if c := t.Rejected[r]; c.Rows > 0 {
			fmt.Fprintf(&words, ", %s: %d", r, c.Rows)
		}
	}
	return words.String()
}

// warnOfOddities says what the reduction to customers made doubtful.
func warnOfOddities(f *night.Frame, odd customers.Oddities) {
	for k, rows := range odd.UnreadNumbers {
		if rows > 0 {
			f.Warn("tiers: rows where %s is not a number, which count as none: %d", f.Job.MappedMetrics()[k], rows)
		}
	}
	if long := odd.LongOrders; long > 0 {
		f.Warn("orders whose rows lie more than a week apart: %d; if ids are used again, make them unique, for example order: concat(till, '-', ticket, '-', day)", long)
	}
}

// twins say which exports hold the same bytes.
func twins(inputs []ledger.Input) (w []string) {
	first := map[string]string{} // by fingerprint
	for _, in := range inputs {
		if twin, seen := first[in.SHA256]; seen {
			w = append(w, fmt.Sprintf("%s holds the same bytes as %s; if it is a copy, remove one of them from the exports", in.Path, twin))
			continue
		}
		first[in.SHA256] = in.Path
	}
	return w
}
