package analytics

import (
	"slices"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/night"
	"clientele/internal/wording"
)

// accountWarnings are what a reader of the result should know about its rows.
func accountWarnings(j *job.Job, a ledger.Account) []string {
	return wording.In(j.Output.Language).WordAll(slices.Concat(
		unusedWarnings(j, a), filterWarnings(a), duplicateWarnings(j, a), repetitionWarnings(a), joinWarnings(a), blankLineWarnings(a),
		numberWarnings(a), setAsideWarnings(a),
	))
}

// unusedWarnings say of which sources no row is used.
func unusedWarnings(j *job.Job, a ledger.Account) (w []wording.Message) {
	for i, t := range a.BySource {
		if t.Used.Rows == 0 {
			w = append(w, wording.Of("warning.no_row_used", "source", i, "path", j.Sources[i].Path, "read", plain(t.Read.Rows), "fates", fatesInWords(t)))
		}
	}
	return w
}

// filterWarnings say for how many rows `where` is neither true nor false.
func filterWarnings(a ledger.Account) (w []wording.Message) {
	for i, t := range a.BySource {
		if n := t.Rejected[ledger.FilterUnknown].Rows; n > 0 {
			w = append(w, wording.Of("warning.filter_unknown", "source", i, "rows", rowsInWords(n)))
		}
	}
	return w
}

// numberWarnings say in how many rows a cost or a list price cannot be read.
func numberWarnings(a ledger.Account) (w []wording.Message) {
	for i, n := range a.UnreadCosts {
		if n > 0 {
			w = append(w, wording.Of("warning.costs", "source", i, "rows", rowsInWords(n)))
		}
	}
	for i, n := range a.UnreadListPrices {
		if n > 0 {
			w = append(w, wording.Of("warning.list_prices", "source", i, "rows", rowsInWords(n)))
		}
	}
	return w
}

// setAsideWarnings count the rows that say nothing for a fault of their own.
func setAsideWarnings(a ledger.Account) (w []wording.Message) {
	for _, r := range []ledger.Reason{ledger.Malformed, ledger.TimeUnreadable, ledger.AmountUnreadable, ledger.AmountConflict} {
		if c := a.Total.Rejected[r]; c.Rows > 0 {
			w = append(w, wording.Of("warning.set_aside", "rows", rowsInWords(c.Rows), "reason", wording.OfFamily("fate", string(r))))
		}
	}
	return w
}

// duplicateWarnings say how many rows of a source stand in several of its
// files.
func duplicateWarnings(j *job.Job, a ledger.Account) (w []wording.Message) {
	for i, c := range a.Duplicates {
		if c.Rows == 0 || j.Sources[i].Duplicates == job.DropDuplicates {
			continue
		}
		w = append(w, wording.Of("warning.duplicates", "source", i, "rows", rowsInWords(c.Rows), "money", c.Money, "path", j.Sources[i].Path))
	}
	return w
}

// blankLineWarnings say which sources leave blank on the lines of an order what its
// first line says.
func blankLineWarnings(a ledger.Account) (w []wording.Message) {
	for i, l := range a.BlankLines {
		if l.Rows > 0 && len(l.Columns) > 0 {
			w = append(w, wording.Of("warning.blank_lines", "source", i, "lines", wording.Of("warning.lines", "lines", plain(l.Rows)), "line", l.Line()))
		}
	}
	return w
}

// repetitionWarnings say which sources seem to repeat an order's total on each of its
// lines. They count each time, until the job file says otherwise.
func repetitionWarnings(a ledger.Account) (w []wording.Message) {
	for i, r := range a.Repetitions {
		if r.Suspicious() {
			w = append(w, wording.Of("warning.repetitions", "source", i, "equal", plain(r.Equal), "several", plain(r.Several)))
		}
	}
	return w
}

func rowsInWords(n int64) wording.Message { return wording.Of("warning.rows", "rows", plain(n)) }

// plain is a number without commas.
func plain[T int | int32 | int64](n T) wording.Plain { return wording.Plain(n) }

// fatesInWords counts the rows set aside by reason: `, filtered by where: 5`.
func fatesInWords(t ledger.Tally) (fates []wording.Message) {
	for _, r := range ledger.Reasons {
		if c := t.Rejected[r]; c.Rows > 0 {
			fates = append(fates, wording.Of("warning.fate", "reason", wording.OfFamily("fate", string(r)), "rows", plain(c.Rows)))
		}
	}
	return fates
}

// warnOfOddities says what the reduction to customers made doubtful.
func warnOfOddities(f *night.Frame, odd customers.Oddities) {
	for k, rows := range odd.UnreadNumbers {
		if rows > 0 {
			f.Warn("warning.metric_unread", "metric", f.Job.MappedMetrics()[k], "rows", plain(rows))
		}
	}
	if long := odd.LongOrders; long > 0 {
		f.Warn("warning.long_orders", "orders", plain(long))
	}
}

// twins say which exports hold the same bytes.
func twins(inputs []ledger.Input) (w []wording.Message) {
	first := map[string]string{} // by fingerprint
	for _, in := range inputs {
		if twin, seen := first[in.SHA256]; seen {
			if twin == in.Path { // which several sources read
				w = append(w, wording.Of("warning.read_again", "path", in.Path))
			} else {
				w = append(w, wording.Of("warning.twin", "path", in.Path, "twin", twin))
			}
			continue
		}
		first[in.SHA256] = in.Path
	}
	return w
}
