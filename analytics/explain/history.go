package explain

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/concurrent"
)

// History is a customer on all nights beside a publication.
type History struct {
	Nights  int            `json:"nights"` // that were read
	First   string         `json:"first"`
	Last    string         `json:"last"`
	Absent  int            `json:"absent"` // of them those on which the customer was not there
	Lines   []HistoryNight `json:"lines"`  // those on which something changed, oldest first
	Skipped []SkippedNight `json:"skipped"`
}

// HistoryNight is the customer on one night. On the first one all is new.
type HistoryNight struct {
	AsOf    string           `json:"as_of"`
	Columns *publication.Row `json:"columns"` // null: not a customer any more
	Changed []string         `json:"changed"` // columns
}

// SkippedNight is one that could not be read.
type SkippedNight struct {
	AsOf string `json:"as_of"`
	Why  string `json:"why"`
}

// watched are the columns of which a change makes a line; values, which move every night,
// stand beside them.
var (
	watched = []*column.Column{
		column.Orders, column.Net, column.R, column.F, column.M, column.Segment,
		column.LifecycleStage, column.Decline, column.Tier, column.TierStatus,
	}
	beside = []*column.Column{column.LastDay, column.PAlive, column.FutureValue, column.CLV}
)

// nightRead is what became of reading one.
type nightRead struct {
	asOf string
	row  *publication.Row // nil: not there
	err  error
}

// ReadHistory walks over all publications beside one. Of each it reads run.json and the one
// row of state.parquet, without a look at the other bytes of that file: `clientele verify`
// does that. A night that cannot be read is skipped, and named.
func (c *Customer) ReadHistory(p *publication.Publication) error {
	path, err := filepath.EvalSymlinks(p.Path) // latest
	if err != nil {
		return err
	}
	nights, err := nightsIn(filepath.Dir(path))
	if err != nil {
		return err
	}
	c.History = historyOfNights(readNights(filepath.Dir(path), p.Name, c.ID, nights))
	return nil
}

// nightsIn are the folders that are named as nights, in order.
func nightsIn(folder string) (nights []string, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if _, err := calendar.Parse(e.Name()); err == nil {
			nights = append(nights, e.Name())
		}
	}
	slices.Sort(nights)
	return nights, nil
}

// readNights reads a customer's row of each, several at once.
func readNights(folder, job, id string, nights []string) []nightRead {
	all := make([]nightRead, len(nights))
	concurrent.Each(len(nights), runtime.GOMAXPROCS(0), func(i int) {
		all[i] = readNight(folder, job, id, nights[i])
	})
	return all
}

func readNight(folder, job, id, night string) nightRead {
	of := nightRead{asOf: night}
	p, err := publication.Open(filepath.Join(folder, night))
	if err == nil {
		err = p.Of(job)
	}
	if err != nil {
		of.err = err
		return of
	}
	of.row, _, of.err = p.GlanceRemembered(id, slices.Concat(watched, beside)...)
	return of
}

// historyOfNights keeps the nights on which something changed.
func historyOfNights(all []nightRead) *History {
	h := &History{Lines: []HistoryNight{}, Skipped: []SkippedNight{}}
	var last *publication.Row
	known := false
	for _, n := range all {
		if n.err != nil {
			h.Skipped = append(h.Skipped, SkippedNight{n.asOf, whySkipped(n.err)})
			continue
		}
		h.Nights++
		h.First, h.Last = cmp.Or(h.First, n.asOf), n.asOf
		if n.row == nil {
			h.Absent++
		}
		if changed := changedColumns(last, n.row); n.row != nil && !known || known && len(changed) > 0 {
			h.Lines = append(h.Lines, HistoryNight{AsOf: n.asOf, Columns: n.row, Changed: changed})
		}
		last, known = n.row, known || n.row != nil
	}
	return h
}

// whySkipped is the cause, without the path, which is that of the night.
func whySkipped(err error) string {
	if damage, is := errors.AsType[*publication.Damage](err); is {
		return damage.File + ": " + damage.Err.Error()
	}
	return err.Error()
}

// changedColumns are the watched columns that are not what they were. Who was not there,
// and is, or the reverse, has all of them changed.
func changedColumns(was, is *publication.Row) []string {
	changed := []string{}
	if was == nil && is == nil {
		return changed
	}
	for _, c := range watched {
		before, had := valueOf(was, c)
		now, has := valueOf(is, c)
		if had != has && (was == nil || is == nil) || had && has && before != now {
			changed = append(changed, c.Name)
		}
	}
	return changed
}

// valueOf is the value of a column; had is false where there is no such column.
func valueOf(r *publication.Row, c *column.Column) (v any, had bool) {
	if r == nil {
		return nil, false
	}
	for _, cell := range r.Cells {
		if cell.Column == c {
			return cell.Value, true
		}
	}
	return nil, false
}
