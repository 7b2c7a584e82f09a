package job

import (
	"path/filepath"
	"strconv"
	"strings"
)

// notOnSpark is said of a key that asks for what is done only where this program reads the
// exports itself.
const notOnSpark = "is not done on Spark in this version; see docs/scale.md for what is, and let the export or a view of it do this"

// refuseOnSpark refuses what a job asks for that a cluster is not asked to do.
func refuseOnSpark(s *section, j *Job) {
	if !j.Engine.OnSpark() {
		return
	}
	for _, one := range []struct {
		key   string
		asked bool
	}{
		{"rates", j.Rates != ""}, {"identity", j.Identity != nil}, {"hierarchy", j.Hierarchy != nil}, {"consent", j.Consent != nil},
	} {
		if one.asked {
			s.fail(one.key, notOnSpark)
		}
	}
	for i, of := range j.Sources {
		of.refuseOnSpark(s.reader, "sources."+strconv.Itoa(i)+".", j.Timezone)
	}
}

// refuseOnSpark is the same of a source. root is what its keys begin with.
func (s Source) refuseOnSpark(r *reader, root, timezone string) {
	c := s.Columns
	for _, one := range []struct {
		key   string
		asked bool
	}{
		{"join", len(s.Join) > 0},
		{"sheet", s.Sheet != ""},
		{"records", s.Records != ""},
		{"fill_down", len(s.FillDown) > 0},
		{"format", s.Format == XLSX || s.Format == Arrow},
		{"encoding", s.Encoding != AutoEncoding && s.Encoding != "utf-8"},
		{"numbers", s.Numbers != AutoNumbers && s.Numbers != CommaPointNumbers},
		{"dates", s.Dates.Word() != AutoDates},
		{"timezone", s.Timezone != "" && s.Timezone != timezone},
		{"amount_is", s.AmountIs == OrderAmount},
		{"columns.time.1", c.Clock != ""},
		{"columns.currency", c.Currency != ""},
		{"columns.parent", c.Parent != ""},
		{"columns.keys", len(c.Keys) > 0},
		{"columns.consent", c.Consent != ""},
		{"columns.provenance", c.Provenance != ""},
		{"columns.refund", c.Refund != ""},
		{"columns.refund_time", c.RefundTime != ""},
		{"duplicates", s.Duplicates == DropDuplicates},
	} {
		if one.asked {
			r.report(s.Position(one.key), root+one.key, notOnSpark)
		}
	}
	if s.Duplicates == WarnOfDuplicates && s.Table == "" && severalFiles(s.Path) {
		r.report(s.Position("path"), root+"path", "may name several files, and rows that stand in two of them are not looked for on Spark; write %sduplicates: keep to count each row", root)
	}
}

// severalFiles tells whether a path may name more than one file.
func severalFiles(path string) bool {
	return strings.ContainsAny(path, "*?[{") || filepath.Ext(path) == ""
}
