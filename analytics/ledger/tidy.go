package ledger

import (
	"slices"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/ledger/records"
)

// Most cells have no blanks around them, and most times are written as ISO 8601 has them. The
// reader of records knows both by few bytes of a cell, where SQL looks at all of its
// characters several times. So each row of a text export says whether its cells are tidy and
// whether its time is ISO; what is neither is read as if nothing were known of it.

// The columns of a row that say so. Those of an export that is no text say FALSE.
const (
	tidyColumn = `"clientele.tidy"`
	isoColumn  = `"clientele.iso"`
)

func tidyFields() []arrow.Field {
	return []arrow.Field{
		{Name: unquoted(tidyColumn), Type: arrow.FixedWidthTypes.Boolean},
		{Name: unquoted(isoColumn), Type: arrow.FixedWidthTypes.Boolean},
	}
}

// untidySQL are these columns where nothing is known.
func untidySQL() []string { return []string{"FALSE AS " + tidyColumn, "FALSE AS " + isoColumn} }

// tidied are the columns of text whose tidiness a row tells: those that are ids, labels or
// times by themselves.
func (b *batch) tidied() (columns []int) {
	for _, f := range b.formulas {
		if f.role != roleText && f.role != roleTime || !f.isColumn() {
			continue
		}
		if i := f.places[0].column; b.columns[i].join == 0 && b.columns[i].kind == textKind && !slices.Contains(columns, i) {
			columns = append(columns, i)
		}
	}
	return columns
}

// isTidied tells whether an expression is one of these columns as it was read.
func (b *batch) isTidied(m mapped) bool {
	return m.isColumn() && !m.numbers[m.places[0].column] && slices.Contains(b.tidied(), m.places[0].column)
}

// timeColumn is the column that is the time by itself; -1: there is none.
func (b *batch) timeColumn() int {
	for _, f := range b.formulas {
		if f.name == "time" && f.isColumn() && slices.Contains(b.tidied(), f.places[0].column) {
			return f.places[0].column
		}
	}
	return -1
}

// tidyBuilder makes the columns of a feed that say what is known of its rows.
type tidyBuilder struct {
	tidied    []int
	time      int
	tidy, iso *array.BooleanBuilder
}

// add adds what is known of a record. emptyIsNull: a cell of no characters is no value.
func (b *tidyBuilder) add(r records.Record, isRow bool, fixed [][]byte, emptyIsNull bool) {
	if !isRow {
		b.tidy.Append(false)
		b.iso.Append(false)
		return
	}
	tidy := true
	for _, i := range b.tidied {
		if !isTidy(cellOf(r, i, fixed), emptyIsNull) {
			tidy = false
			break
		}
	}
	b.tidy.Append(tidy)
	b.iso.Append(b.time >= 0 && isISO(cellOf(r, b.time, fixed)))
}

// isTidy tells whether a cell is a text without blanks around it, or no value. A byte of a
// character beyond ASCII may be of a blank.
func isTidy(cell []byte, emptyIsNull bool) bool {
	if len(cell) == 0 {
		return cell == nil || emptyIsNull
	}
	return isVisible(cell[0]) && isVisible(cell[len(cell)-1])
}

func isVisible(c byte) bool { return c > ' ' && c < 0x7f }

// isoPatterns are the ways of ISO 8601 to write a day or a time of it, without a zone and
// parts of seconds: 0 stands for any digit.
var isoPatterns = []string{"0000-00-00", "0000-00-00 00:00", "0000-00-00T00:00", "0000-00-00 00:00:00", "0000-00-00T00:00:00"}

// isISO tells whether a cell looks like such a time; there need not be such a day.
func isISO(cell []byte) bool {
	for _, p := range isoPatterns {
		if len(p) == len(cell) && follows(cell, p) {
			return true
		}
	}
	return false
}

func follows(cell []byte, pattern string) bool {
	for i, c := range cell {
		if p := pattern[i]; p != c && (p != '0' || c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// tellsISO tells whether isoColumn tells of what is read as the time of a row.
func (b *batch) tellsISO() bool {
	v := values{bound: b.mapped}
	m, _ := v.find("time")
	_, parted := v.find("clock")
	return !parted && b.isTidied(m)
}

// readsISO tells whether a time as ISO has it is read as such before any other way is tried.
func (r *timeReading) readsISO() bool { return r.patterns == nil && r.formats == nil && !r.other }

// isoClockSQL is clockSQL of a time that isoColumn tells of; NULL of others, and where there
// is no such day. A day alone is that day in any zone.
func isoClockSQL(as, zone, sourceZone string) string {
	const stamp = "TIMESTAMP"
	read := "TRY_CAST(" + timeOfText + " AS " + stamp + ")"
	day, clock := clockSQL(read, as, stamp, nil, zone, zone), clockSQL(read, as, stamp, nil, zone, sourceZone)
	if day != clock {
		clock = "CASE WHEN strlen(" + timeOfText + ") = " + strconv.Itoa(len(time.DateOnly)) + " THEN " + day + " ELSE " + clock + " END"
	}
	return "CASE WHEN " + isoColumn + " THEN " + clock + " END"
}
